/** One pixel. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const boundary = 'a-form-of-the-generated-run'

/** A picture and its alternative text, as a form. */
export function imageForm(alt: string): { contentType: string; body: Uint8Array } {
  const part = (headers: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${headers}\r\n`
  const head = `${part('name="alt"')}\r\n${alt}\r\n${part('name="file"; filename="pixel.png"')}Content-Type: image/png\r\n\r\n`
  const body = Buffer.concat([
    Buffer.from(head),
    Buffer.from(png, 'base64'),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return { contentType: `multipart/form-data; boundary=${boundary}`, body }
}
