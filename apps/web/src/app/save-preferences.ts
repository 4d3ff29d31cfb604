import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { answerOf, client } from '../api/client.ts'
import { me } from '../api/queries.ts'
import type { Me } from '../api/types.ts'
import { adopt, markTold, untold, usePreferences } from '../language/preferences.ts'

/**
 * How one wants to read follows from device to device: what was chosen here is told and no more, so that a borrowed
 * browser changes nothing else; what was told elsewhere is taken.
 */
export function useSavedPreferences(mine: Me | undefined): void {
  const queries = useQueryClient()
  const wanted = usePreferences()
  useEffect(() => {
    if (!mine) return
    const chosen = untold()
    const body = { ...(mine.preferences ?? wanted), ...chosen }
    if (Object.keys(chosen).length === 0) {
      if (mine.preferences) adopt(mine.preferences)
      return
    }
    void answerOf(client.PUT('/v1/me/preferences', { body })).then(
      (preferences) => {
        markTold(chosen)
        queries.setQueryData(me.queryKey, (known) => known && { ...known, preferences })
      },
      // It stays untold, and is told with the next change or the next visit.
      () => undefined,
    )
  }, [mine, wanted, queries])
}
