/* SPDX-License-Identifier: GPL-2.0 OR MIT */
#ifndef GENEVECTL_SHOW_H
#define GENEVECTL_SHOW_H

/* Command: the state at a glance. */
int show(int argc, char **argv);

#endif /* GENEVECTL_SHOW_H */
