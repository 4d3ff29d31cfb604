import type { HttpRequest } from './http.ts'

const longest = 1_500

/** The request as a command line; what is very long is told by its length. */
export function curlOf(
  url: string,
  { method, path, headers, body, isBroken }: HttpRequest,
): string {
  const words = [`curl -i -X ${method} ${quoted(url + path)} --path-as-is -g`]
  for (const [name, value] of headers) words.push(`-H ${quoted(`${name}: ${value}`)}`)
  if (isBroken) words.push('(its chunked body breaks off)')
  else if (typeof body === 'string' && body !== '') words.push(`--data-raw ${quoted(body)}`)
  else if (body instanceof Uint8Array) words.push(`(a form of ${body.length} bytes)`)
  return words.join(' ')
}

function quoted(text: string): string {
  const shown =
    text.length > longest ? `${text.slice(0, 200)}…(${text.length} characters in all)` : text
  return `'${shown.replaceAll("'", `'\\''`)}'`
}
