import { storableText } from '@hamava/contracts'
import type { Media } from './connector.ts'
import { Failed } from './failure.ts'
import { reasons } from './reasons.ts'

/** Reads a file's bytes; when our own storage fails, nothing was sent. */
export async function readMedia(media: Media): Promise<Uint8Array> {
  try {
    return await media.read()
  } catch (error) {
    const reason = reasons.mediaUnread(storableText(`${media.fileName}: ${String(error)}`, 500))
    throw new Failed({ kind: 'temporary', reason }, { cause: error })
  }
}
