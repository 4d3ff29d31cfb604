import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import { AppError, type Storage } from '@hamava/service-kit'
import { fileTypeFromFile } from 'file-type'
import { imageSizeFromFile } from 'image-size/fromFile'

/** What is known of a file from its bytes alone. */
export interface ReceivedFile {
  kind: 'image' | 'video'
  mime: string
  bytes: number
  width: number | null
  height: number | null
  sha256: string
  storageKey: string
}

const images = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']
const videos = ['video/mp4', 'video/quicktime', 'video/webm']
const largestImage = 50 * 1024 * 1024
/** In pixels: no network takes a longer side, so it is not worth a decoder's memory. */
const longestSide = 20_000
const mostPixels = 150_000_000

/**
 * Streams an upload to a temporary file, then to storage: never whole in memory. The type comes from
 * its bytes, not from its name. Throws `file_too_large` and `file_type`.
 */
export async function receiveFile(
  part: MultipartFile,
  storage: Storage,
  workspaceId: string,
): Promise<ReceivedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'hamava-upload-'))
  const path = join(folder, 'file')
  try {
    const { bytes, sha256 } = await spool(part, path)
    if (part.file.truncated) throw new AppError('file_too_large', { max: String(bytes) })
    const facts = await measure(path, bytes)
    const storageKey = `${workspaceId}/${sha256}.${facts.extension}`
    await storage.putStream(storageKey, createReadStream(path), {
      contentType: facts.mime,
      contentLength: bytes,
    })
    const { extension: _inName, ...rest } = facts
    return { ...rest, bytes, sha256, storageKey }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function spool(part: MultipartFile, path: string) {
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(part.file, count, createWriteStream(path)).catch((cause: unknown) => {
    throw new AppError('malformed_request', { detail: 'the upload broke off' }, { cause })
  })
  return { bytes, sha256: hash.digest('hex') }
}

async function measure(path: string, bytes: number) {
  const type = await fileTypeFromFile(path)
  const found = type?.mime ?? 'unknown'
  if (type && videos.includes(found)) {
    return { kind: 'video' as const, mime: found, width: null, height: null, extension: type.ext }
  }
  if (!type || !images.includes(found)) throw new AppError('file_type', { found })
  if (bytes > largestImage) throw new AppError('file_too_large', { max: String(largestImage) })
  const { width, height } = await imageSizeFromFile(path).catch((cause: unknown) => {
    throw new AppError('file_type', { found: `${found}, damaged` }, { cause })
  })
  const fits = width > 0 && height > 0 && Math.max(width, height) <= longestSide
  if (!fits || width * height > mostPixels) {
    throw new AppError('file_type', { found: `${found}, ${width}×${height} pixels` })
  }
  return { kind: 'image' as const, mime: found, width, height, extension: type.ext }
}
