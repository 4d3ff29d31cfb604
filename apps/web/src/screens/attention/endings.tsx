import { type ReactNode, useState } from 'react'
import type { Cause } from '../../api/queries.ts'
import type { Publication } from '../../api/types.ts'
import { Button } from '../../kit/button.tsx'
import { Confirm } from '../../kit/confirm.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { useResolve } from './attention-actions.ts'

interface EndingsProps {
  publication: Publication
  cause: Cause
}

type Action = 'drop_rest' | 'accept_as_it_is' | 'publish_as_new'

/** The ways out where a retry does not help: keep what is live, or publish as new. */
export function Endings({ publication, cause }: EndingsProps) {
  const { t } = useLanguage()
  const [asked, setAsked] = useState<Action | null>(null)
  const resolve = useResolve(cause, true)
  const { id, parts, kind } = publication
  const isHalf = parts.length > 0
  const actions: Action[] = [isHalf ? 'drop_rest' : 'accept_as_it_is']
  if (kind === 'post' && (isHalf || cause === 'unconfirmed')) actions.push('publish_as_new')
  const said: Record<Action, { verb: string; meaning: ReactNode }> = {
    drop_rest: { verb: t('attention.dropRest'), meaning: t('attention.dropRestText') },
    accept_as_it_is: { verb: t('attention.accept'), meaning: t('attention.acceptText') },
    publish_as_new: { verb: t('attention.anew'), meaning: t('attention.anewText') },
  }
  return (
    <>
      {actions.map((action) => (
        <Button key={action} size="small" onPress={() => setAsked(action)}>
          {said[action].verb}
        </Button>
      ))}
      {asked && (
        <Confirm
          title={said[asked].verb}
          verb={said[asked].verb}
          action={resolve}
          onConfirm={() =>
            resolve.mutate(
              { ids: [id], word: { action: asked } },
              { onSuccess: () => setAsked(null) },
            )
          }
          onClose={() => setAsked(null)}
        >
          {said[asked].meaning}
        </Confirm>
      )}
    </>
  )
}
