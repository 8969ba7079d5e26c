// SPDX-License-Identifier: GPL-2.0
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/nf_geneve.h>

#include "messages.h"

static const u32 sizes[] = {
	[KIND_FLAG] = 0, [KIND_U8] = 1, [KIND_U16] = 2, [KIND_U32] = 4, [KIND_U64] = 8,
};

static const char *judge_list(const u8 *attrs, u32 len, const struct table *table);

static const char *judge_number(const u8 *value, const struct attr *attr)
{
	u32 number = 0;

	memcpy(&number, value, sizes[attr->kind] < 4 ? sizes[attr->kind] : 4);
	return attr->max && number > attr->max ? "a number is too large" : NULL;
}

static const char *judge_value(const u8 *value, u32 len, const struct attr *attr)
{
	switch (attr->kind) {
	case KIND_NONE:
	case KIND_PACKET:
		return "an attribute that no answer has";
	case KIND_PAD:
		return len ? "padding with something in it" : NULL;
	case KIND_FLAG:
	case KIND_U8:
	case KIND_U16:
	case KIND_U32:
	case KIND_U64:
		if (len != sizes[attr->kind])
			return "a number of the wrong size";
		return judge_number(value, attr);
	case KIND_NAME:
		if (len > NFG_NAME_LEN_MAX + 1)
			return "a name is too long";
		__attribute__((fallthrough));
	case KIND_TEXT:
		return !len || strnlen((const char *)value, len) != len - 1 ?
		       "a string that does not end where it ends" : NULL;
	case KIND_ADDR:
		return len != 4 && len != 16 ? "an address of the wrong size" : NULL;
	case KIND_ELEMENTS:
		return len % sizeof(struct nfg_element) ? "half an element" : NULL;
	case KIND_NEST:
		return judge_list(value, len, attr->nest);
	}
	return NULL;
}

static const char *judge_list(const u8 *attrs, u32 len, const struct table *table)
{
	const struct nlattr *attr;
	const struct attr *rule;
	bool seen[TABLE_MAX] = { 0 };
	const char *wrong;
	u16 type;

	for (; len; attrs += MNL_ALIGN(attr->nla_len), len -= MNL_ALIGN(attr->nla_len)) {
		attr = (const struct nlattr *)attrs;
		if (!mnl_attr_ok(attr, len) || MNL_ALIGN(attr->nla_len) > len)
			return "an attribute that is longer than its list";
		type = mnl_attr_get_type(attr);
		if (type > table->max)
			return "an attribute of no known type";
		rule = &table->attr[type];
		if (seen[type] && !rule->repeats && rule->kind != KIND_PAD)
			return "an attribute that is there twice";
		seen[type] = true;
		if (rule->kind == KIND_NEST && !(attr->nla_type & NLA_F_NESTED))
			return "a nest that does not say so";
		wrong = judge_value(mnl_attr_get_payload(attr), mnl_attr_get_payload_len(attr),
				    rule);
		if (wrong)
			return wrong;
	}
	return NULL;
}

const char *judge_answer(const u8 *answer, u32 len, u8 cmd)
{
	const struct genlmsghdr *genl = (const struct genlmsghdr *)(answer + NLMSG_HDRLEN);
	const struct command *command = command_find(cmd);
	const u32 header = NLMSG_HDRLEN + GENL_HDRLEN;

	if (len < header)
		return "an answer without a header";
	if (genl->cmd != cmd || genl->version != NFG_GENL_VERSION)
		return "an answer to something else";
	if (!command || !command->table)
		return "an answer where there is none";
	return judge_list(answer + header, len - header, command->table);
}

const char *judge_error(const u8 *answer, u32 len, u32 request_len, bool *sentence)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)answer;
	u32 header = NLMSG_HDRLEN + (nlh->nlmsg_type == NLMSG_DONE ? sizeof(int) :
							     sizeof(struct nlmsgerr));
	const struct nlattr *attr;

	*sentence = false;
	if (len < header)
		return "an error without a header";
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return NULL;
	for (len -= header, answer += header; len;
	     answer += MNL_ALIGN(attr->nla_len), len -= MNL_ALIGN(attr->nla_len)) {
		attr = (const struct nlattr *)answer;
		if (!mnl_attr_ok(attr, len) || MNL_ALIGN(attr->nla_len) > len)
			return "an error whose attributes do not end";
		switch (mnl_attr_get_type(attr)) {
		case NLMSGERR_ATTR_MSG:
			*sentence = mnl_attr_get_payload_len(attr) > 1;
			break;
		case NLMSGERR_ATTR_OFFS:
			if (mnl_attr_get_u32(attr) >= request_len)
				return "an error that points behind the request";
			break;
		}
	}
	return NULL;
}
