/** What holds for every operation, or for every field of a kind: said once, at the head of the API document. */
export const rules = `Plan, write, approve, schedule, publish, listen, answer and measure.

**Bodies** are JSON (\`application/json\`), files \`multipart/form-data\`; at most 8 MiB, files as the installation says.
An object has the fields of its schema and no others. Text holds no NUL and no half of a character; nothing is nested
deeper than 40. Where a text is required, blanks alone are none: \`name\`, \`department\`, \`reason\`, \`comment\`, \`text\`,
each of \`tags\`.

**Times** are RFC 3339 with an offset, from 1970 up to 2200, with at most 9 digits of a second, and are kept and answered
in UTC with milliseconds. A local time is \`YYYY-MM-DDTHH:mm[:ss]\`, a day that there is; \`zone\` an IANA name, never an
offset. What is scheduled is at most a minute past and at most five years ahead; \`expiresAt\` and \`until\` are in the future;
a time needs a channel to go to, and no channel is named twice. Spans: \`to\` after \`from\`, at most 400 days in the calendar and
31 in the reconciliation.

**Lists** come in pages of \`limit\` items (1 to 100, in digits; 50 unless said). \`nextCursor\` is opaque, belongs to its
list and workspace, and is null on the last page. A query parameter that an operation does not know is refused.

**Repeating.** \`Idempotency-Key\` has at most 255 characters. The same key with the same request answers again what it
answered first, with \`Idempotency-Replayed: true\`, for 24 hours; with another request it is refused.

**Versions.** What has a \`version\` has an \`ETag\`, \`"<version>.<shown>"\`: its first part rises with what is said, its second
differs with everything that is shown. \`If-Match\` (tags, or \`*\`) holds if the first part of one of them is the current
version; a weak tag never does. \`If-None-Match\` compares the whole.

**Networks.** What a post may be is each network's own: \`post_not_ready\` names what blocks it, and
\`POST /v1/posts/validate\` says it beforehand. \`network\`, \`method\` and \`fields\` are those that \`GET /v1/networks\` lists. An
OAuth state is good once, for ten minutes.

**Who.** A caller may be kept to some channels. What concerns several channels is theirs when all of them are; what happens
on a channel is theirs when that channel is. A key never has more than its maker has today, nor outlives the key that made it.

**Refusals** are RFC 9457 problems, in Persian or English as \`Accept-Language\` asks; \`code\` is stable, and each operation
lists its codes. HEAD answers as GET without a body; OPTIONS and 405 name the methods in \`Allow\`.`
