import { useState } from 'react'
import { wordsOf } from '../../kit/say-problem.ts'
import { toast } from '../../kit/toasts.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { asUse, type Use } from './draft.ts'
import { upload } from './upload.ts'

export interface Upload {
  key: string
  name: string
  /** From 0 to 1. */
  share: number
}

/** Files on their way; each is handed on once it is in the library. */
export function useUploads(onMade: (use: Use) => void) {
  const { t } = useLanguage()
  const [uploads, setUploads] = useState<Upload[]>([])
  const send = async (file: File) => {
    const key = crypto.randomUUID()
    setUploads((all) => [...all, { key, name: file.name, share: 0 }])
    try {
      const made = await upload(file, (share) =>
        setUploads((all) => all.map((one) => (one.key === key ? { ...one, share } : one))),
      )
      onMade(asUse(made))
    } catch (error) {
      toast(`${t('compose.uploadFailed', { name: file.name })}: ${wordsOf(error)}`, { tone: 'bad' })
    } finally {
      setUploads((all) => all.filter((one) => one.key !== key))
    }
  }
  const add = (files: Iterable<File>) => {
    for (const file of files) void send(file)
  }
  return { uploads, add }
}
