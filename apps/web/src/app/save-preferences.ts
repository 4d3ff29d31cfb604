import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { answerOf, client } from '../api/client.ts'
import { me } from '../api/queries.ts'
import type { Me } from '../api/types.ts'
import { adopt, markTold, untold, usePreferences } from '../language/preferences.ts'

/**
 * Preferences follow a person from device to device. Only what was chosen here is sent, so that a borrowed browser
 * changes nothing else; what was chosen elsewhere is adopted.
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
      // The choice stays untold, and is sent with the next change or visit.
      () => undefined,
    )
  }, [mine, wanted, queries])
}
