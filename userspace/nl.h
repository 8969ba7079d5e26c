/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Transport: generic netlink requests to the module. */
#ifndef GENEVECTL_NL_H
#define GENEVECTL_NL_H

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/nf_geneve.h>

/* Room for a request; a packet or the elements of a set take up to 64 kB. */
#define NL_REQUEST_MAX	69632
/* Room for what the kernel sends at once, at most 32 kB of a dump. */
#define NL_ANSWER_MAX	32768

/* A request; it can be made before there is a connection. */
union nl_request {
	struct nlmsghdr hdr;
	char buf[NL_REQUEST_MAX];
};

/**
 * struct nl - a connection to the module
 * @sock: netlink socket
 * @family: id of the family
 * @config_group: ids of its multicast groups, 0 for one that it does not have
 * @events_group: likewise
 * @seq: number of the last request
 * @error: negative errno of the last request
 * @message: what the kernel said about it, empty for nothing
 * @bad_attr: attribute it complained about, 0 for none
 */
struct nl {
	struct mnl_socket *sock;
	uint16_t family;
	uint32_t config_group;
	uint32_t events_group;
	uint32_t seq;
	int error;
	char message[256];
	uint16_t bad_attr;
};

typedef void (*nl_cb)(const struct nlmsghdr *nlh, void *data);

/**
 * nl_open() - connect to the module in the current network namespace
 * @nl: connection, closed again on error
 *
 * Return: 0, or an exit status after a sentence.
 */
int nl_open(struct nl *nl);

void nl_close(struct nl *nl);

/**
 * nl_request() - begin a request to the module
 * @req: gets it, without attributes
 * @cmd: enum nfg_cmd
 * @dump: ask for all objects
 */
void nl_request(union nl_request *req, uint8_t cmd, bool dump);

/**
 * nl_send() - send a request and read all of the answer
 * @nl: connection
 * @req: request
 * @cb: called for each message of the answer
 * @data: for @cb
 *
 * Return: 0 or a negative errno, kept in @nl for nl_fail(); -EAGAIN when a dump
 * was disturbed by a change and should be asked for again.
 */
int nl_send(struct nl *nl, union nl_request *req, nl_cb cb, void *data);

/**
 * nl_fail() - the sentence about a request that failed
 * @nl: connection
 * @what: what was tried
 * @words: the operator's word for each attribute, may have gaps
 * @n_words: entries of @words
 *
 * Return: STATUS_KERNEL.
 */
int nl_fail(const struct nl *nl, const char *what, const char *const *words, size_t n_words);

/* Multicast groups of the family, to be combined. */
#define NL_GROUP_CONFIG	1
#define NL_GROUP_EVENTS	2

/* Joins multicast groups of the family. Return: 0 or a negative errno. */
int nl_subscribe(struct nl *nl, unsigned int groups);

/* Tells of messages that come by themselves: */
enum nl_event {
	NL_EVENT_FAMILY,	/* of the module: @cb was called for each */
	NL_EVENT_LOST,		/* there were more than the socket could hold */
	NL_EVENT_GONE,		/* the module was unloaded */
};

/**
 * nl_receive() - read what arrived on a subscribed connection
 * @nl: connection
 * @cb: called for each message of the family
 * @data: for @cb
 * @event: gets what it was
 *
 * Return: 0 or a negative errno.
 */
int nl_receive(struct nl *nl, nl_cb cb, void *data, enum nl_event *event);

/* An unsigned attribute of any width. */
uint64_t nl_uint(const struct nlattr *attr);

/* A string attribute, cut to @size. Return: @buf. */
const char *nl_text(char *buf, size_t size, const struct nlattr *attr);

/*
 * An address: @addr has 16 bytes and gets it, IPv4 in the first 4.
 * Return: AF_INET or AF_INET6.
 */
int nl_address(uint8_t *addr, const struct nlattr *attr);

/* Every attribute of a message of the family. */
#define nl_for_each(attr, nlh) \
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))

#endif /* GENEVECTL_NL_H */
