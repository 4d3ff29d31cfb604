import { useRef, useState } from 'react'
import { randomId } from '../../../api/random-id.ts'
import { wordsOf } from '../../../kit/say-problem.ts'
import { toast } from '../../../kit/toasts.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import { asUse, type Use } from '../draft/draft.ts'
import { upload } from './upload.ts'

export interface Upload {
  key: string
  /** The part of the post that the file is for. */
  partKey: string
  name: string
  /** From 0 to 1. */
  share: number
}

/** The current uploads; each is handed on once it is in the library, and can be cancelled until then. */
export function useUploads() {
  const { t } = useLanguage()
  const [uploads, setUploads] = useState<Upload[]>([])
  const stops = useRef(new Map<string, AbortController>())
  const send = async (partKey: string, file: File, onMade: (use: Use) => void) => {
    const key = randomId()
    const stop = new AbortController()
    stops.current.set(key, stop)
    setUploads((all) => [...all, { key, partKey, name: file.name, share: 0 }])
    try {
      const made = await upload(
        file,
        (share) =>
          setUploads((all) => all.map((one) => (one.key === key ? { ...one, share } : one))),
        stop.signal,
      )
      onMade(asUse(made))
    } catch (error) {
      if (stop.signal.aborted) return
      toast(`${t('compose.uploadFailed', { name: file.name })}: ${wordsOf(error)}`, { tone: 'bad' })
    } finally {
      stops.current.delete(key)
      setUploads((all) => all.filter((one) => one.key !== key))
    }
  }
  const of = (partKey: string) => uploads.filter((one) => one.partKey === partKey)
  const cancel = (key: string) => stops.current.get(key)?.abort()
  return {
    isAny: uploads.length > 0,
    of,
    add: (partKey: string, files: Iterable<File>, onMade: (use: Use) => void) => {
      for (const file of files) void send(partKey, file, onMade)
    },
    cancel,
    cancelAll: (partKey: string) => {
      for (const { key } of of(partKey)) cancel(key)
    },
  }
}

export type Uploads = ReturnType<typeof useUploads>
