/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NFG_MAIN_H
#define NFG_MAIN_H

#define NFG_VERSION	"0.1.0"

#endif /* NFG_MAIN_H */
