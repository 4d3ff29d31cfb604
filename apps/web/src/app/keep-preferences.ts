import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { answerOf, client } from '../api/client.ts'
import { me } from '../api/queries.ts'
import type { Me } from '../api/types.ts'
import {
  adopt,
  preferences as currentPreferences,
  isUntold,
  markTold,
  usePreferences,
} from '../language/preferences.ts'

/** How one wants to read follows from device to device: what was chosen here is told, else what was told is taken. */
export function useKeptPreferences(mine: Me | undefined): void {
  const queries = useQueryClient()
  const wanted = usePreferences()
  useEffect(() => {
    if (!mine) return
    if (!isUntold()) {
      if (mine.preferences) adopt(mine.preferences)
      return
    }
    void answerOf(client.PUT('/v1/me/preferences', { body: wanted })).then(
      (preferences) => {
        // What was chosen since is told by the next.
        if (currentPreferences() !== wanted) return
        markTold()
        queries.setQueryData(me.queryKey, (known) => known && { ...known, preferences })
      },
      // It stays untold, and is told with the next change or the next visit.
      () => undefined,
    )
  }, [mine, wanted, queries])
}
