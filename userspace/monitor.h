/* SPDX-License-Identifier: GPL-2.0 OR MIT */
#ifndef GENEVECTL_MONITOR_H
#define GENEVECTL_MONITOR_H

/* Command: a line for each change. */
int monitor(int argc, char **argv);

#endif /* GENEVECTL_MONITOR_H */
