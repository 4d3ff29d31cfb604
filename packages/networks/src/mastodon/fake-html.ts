/** A text as Mastodon renders it: paragraphs, breaks, shortened links and mentions without their server. */
export function plainHtml(text: string, base: string): string {
  const paragraphs = marked(escaped(text), base).split(/\n{2,}/)
  return paragraphs.map((one) => `<p>${one.replaceAll('\n', '<br />')}</p>`).join('')
}

/** A text as a server that reads Markdown renders it: without its signs; lists and headings are elements. */
export function markdownHtml(text: string, base: string): string {
  const blocks = escaped(text)
    .replace(/!\[([^\]]*)\]\(([^)\s]+)\)/g, '<img alt="$1" src="$2" />')
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*\n]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[\s(])[*_]([^*_\n]+)[*_](?=[\s).,!?]|$)/gm, '$1<em>$2</em>')
    .split(/\n{2,}/)
  return blocks.map((block) => blockOf(marked(block, base))).join('')
}

function blockOf(block: string): string {
  const heading = /^(#{1,6}) +(.+)$/.exec(block)
  if (heading) return `<h${heading[1]?.length}>${heading[2]}</h${heading[1]?.length}>`
  const lines = block.split('\n')
  const items = (sign: RegExp) =>
    lines.every((line) => sign.test(line))
      ? lines.map((line) => `<li>${line.replace(sign, '')}</li>`).join('')
      : null
  const unordered = items(/^[-*+] +/)
  if (unordered !== null) return `<ul>${unordered}</ul>`
  const ordered = items(/^\d+[.)] +/)
  if (ordered !== null) return `<ol>${ordered}</ol>`
  return `<p>${lines.join('<br />')}</p>`
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Links and mentions as elements. */
const marked = (text: string, base: string) =>
  text
    .replace(
      /(^|[\s(])(https?:\/\/)([^\s<]{1,30})([^\s<]*)/g,
      '$1<a href="$2$3$4" rel="nofollow"><span class="invisible">$2</span><span class="ellipsis">$3</span><span class="invisible">$4</span></a>',
    )
    .replace(
      /(^|\s)@([\w.-]+)(@[\w.-]+\w)?/g,
      `$1<span class="h-card"><a href="${base}/@$2$3" class="u-url mention">@<span>$2</span></a></span>`,
    )
