import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isStatus, Problem } from '../../../api/problem.ts'
import type { Draft } from '../draft/draft.ts'

const saveAfterMs = 2_000
const tryAgainAfterMs = 5_000

interface Autosave {
  save: () => Promise<unknown>
  draft: Draft
  isWanted: boolean
}

/** Saves when typing rests. Retries what did not get through; a refused draft is left alone until it changes. */
export function useAutosave({ save, draft, isWanted }: Autosave) {
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const [refused, setRefused] = useState<Draft | null>(null)
  const { mutate, isPending, error } = useMutation({
    networkMode: 'always',
    mutationFn: (_: Draft) => save(),
    onSuccess: () => setSavedAt(new Date().toISOString()),
    onError: (problem, tried) => {
      if (problem instanceof Problem && problem.status < 500) setRefused(tried)
    },
  })
  const isDue = isWanted && !isPending && refused !== draft
  const delay = error && refused === null ? tryAgainAfterMs : saveAfterMs
  useEffect(() => {
    if (!isDue) return
    const timer = setTimeout(() => mutate(draft), delay)
    return () => clearTimeout(timer)
  }, [isDue, draft, delay, mutate])
  const isTheirs = isStatus(error, 412)
  return { savedAt, isSaving: isPending, problem: refused === draft && !isTheirs ? error : null }
}
