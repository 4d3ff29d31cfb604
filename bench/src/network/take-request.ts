/** Takes the first request from the received data, once it is complete. */
export function takeRequest(
  data: Buffer,
): { head: string; body: string; length: number } | undefined {
  const headEnd = data.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = data.toString('latin1', 0, headEnd)
  const bodyLength = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
  const length = headEnd + 4 + bodyLength
  if (data.length < length) return undefined
  return { head, body: data.toString('utf8', headEnd + 4, length), length }
}
