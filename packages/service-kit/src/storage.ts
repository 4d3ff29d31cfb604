import { fileURLToPath } from 'node:url'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import type { S3Driver } from 'flydrive/drivers/s3'

/** Files by key, on a disk or in S3-compatible storage; the one interface is flydrive's. */
export type Storage = Disk

/**
 * @param url `file:///folder`, or `s3://accessKey:secret@host[:port]/bucket?region=us-east-1&tls=true`
 */
export async function openStorage(url: string): Promise<Storage> {
  const parsed = new URL(url)
  if (parsed.protocol === 'file:') {
    return new Disk(new FSDriver({ location: fileURLToPath(parsed), visibility: 'private' }))
  }
  if (parsed.protocol === 's3:') return new Disk(await s3Driver(parsed))
  throw new Error(`HAMAVA_STORAGE_URL must begin with file: or s3:, not ${parsed.protocol}`)
}

/** Loaded only where it is used: the SDK behind it takes some 20 MB. */
async function s3Driver(url: URL): Promise<S3Driver> {
  const { S3Driver } = await import('flydrive/drivers/s3')
  const scheme = url.searchParams.get('tls') === 'false' ? 'http' : 'https'
  return new S3Driver({
    credentials: {
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
    },
    endpoint: `${scheme}://${url.host}`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    bucket: url.pathname.slice(1),
    forcePathStyle: true,
    // S3-compatible servers may store the newer streaming checksums as part of the file.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    supportsACL: false,
    visibility: 'private',
  })
}
