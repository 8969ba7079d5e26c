/* SPDX-License-Identifier: GPL-2.0 OR MIT */
#ifndef GENEVECTL_RULESET_CMD_H
#define GENEVECTL_RULESET_CMD_H

#include <stdio.h>

/* Commands. */
int ruleset_show(int argc, char **argv);
int ruleset_check(int argc, char **argv);
int ruleset_apply(int argc, char **argv);
int ruleset_flush(int argc, char **argv);

int rule_list(int argc, char **argv);
int rule_add(int argc, char **argv);
int rule_insert(int argc, char **argv);
int rule_delete(int argc, char **argv);
void rule_help(FILE *to);

int set_list(int argc, char **argv);
int set_add(int argc, char **argv);
int set_delete(int argc, char **argv);

#endif /* GENEVECTL_RULESET_CMD_H */
