import { randomUUID } from 'node:crypto'

export type FormPart =
  | { name: string; value: string }
  | { name: string; fileName: string; mime: string; bytes: Uint8Array }

/** A multipart form as bytes, which every HTTP client sends alike, unlike `FormData`. */
export function multipart(parts: FormPart[]): {
  headers: Record<string, string>
  body: Uint8Array
} {
  const boundary = `hamava-${randomUUID()}`
  const pieces = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\n${headOf(part)}\r\n\r\n`),
    'bytes' in part ? part.bytes : Buffer.from(part.value),
    Buffer.from('\r\n'),
  ])
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  }
}

function headOf(part: FormPart): string {
  const name = `content-disposition: form-data; name="${quoted(part.name)}"`
  if (!('bytes' in part)) return name
  return `${name}; filename="${quoted(part.fileName)}"\r\ncontent-type: ${part.mime}`
}

const quoted = (text: string) => text.replace(/["\r\n]/g, (sign) => encodeURIComponent(sign))
