import { csrf } from '../../../api/client.ts'
import { Problem, Unreachable } from '../../../api/problem.ts'
import { randomId } from '../../../api/random-id.ts'
import type { Asset } from '../../../api/types.ts'
import { preferences } from '../../../language/preferences.ts'

/** Sends a file and tells how far it is, from 0 to 1: `fetch` cannot. Throws like every other call. */
export function upload(
  file: File,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
): Promise<Asset> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/v1/assets')
    request.responseType = 'json'
    request.setRequestHeader('accept-language', preferences().language)
    request.setRequestHeader('x-csrf-token', csrf())
    request.setRequestHeader('idempotency-key', randomId())
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0)
    request.onload = () =>
      request.status < 300
        ? resolve(request.response as Asset)
        : reject(new Problem(request.status, request.response ?? {}))
    request.onabort = () => reject(new Unreachable('the upload was stopped'))
    request.onerror = () => reject(new Unreachable('the upload was cut off'))
    signal?.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}
