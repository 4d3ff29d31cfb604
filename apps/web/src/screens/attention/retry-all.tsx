import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { isStatus } from '../../api/problem.ts'
import type { Publication } from '../../api/types.ts'
import { Button } from '../../kit/button.tsx'
import { sayProblem } from '../../kit/say-problem.ts'
import { toast } from '../../kit/toasts.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { retry } from './act.ts'

/** All of a cause at one press; what is no longer in trouble by then is passed over. */
export function RetryAll({ items }: { items: readonly Publication[] }) {
  const { t, show } = useLanguage()
  const queries = useQueryClient()
  const all = useMutation({
    mutationFn: async () => {
      let count = 0
      for (const { id } of items) {
        await retry(id).then(
          () => {
            count += 1
          },
          (error) => {
            if (!isStatus(error, 409)) throw error
          },
        )
      }
      return count
    },
    onSuccess: (count) => toast(t('attention.allRetried', { number: show.number(count) })),
    onError: sayProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: ['publications'] }),
  })
  return (
    <Button size="small" isPending={all.isPending} onPress={() => all.mutate()}>
      <RotateCcw aria-hidden className="size-4" />
      {t('attention.retryAll', { number: show.number(items.length) })}
    </Button>
  )
}
