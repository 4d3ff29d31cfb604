import { type InfiniteData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { answerOf, client, ifMatch } from '../../api/client.ts'
import { conversation } from '../../api/queries.ts'
import type { Conversation, Message } from '../../api/types.ts'
import { useMay } from '../../app/session.ts'
import { useSingleKeys } from '../../app/single-keys.ts'
import { Button } from '../../kit/button.tsx'
import { Card } from '../../kit/page.tsx'
import { Loaded } from '../../kit/states.tsx'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { Answer } from './answer.tsx'
import { Messages } from './messages.tsx'

/** One thread with people, and the answer to it. */
export function Thread({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useLanguage()
  const query = useQuery(conversation(id))
  const [replaced, setReplaced] = useState<Message | null>(null)
  return (
    <Loaded query={query}>
      {(found) => (
        <Card className="flex flex-col gap-4">
          <header className="flex flex-wrap items-center justify-between gap-2">
            <h2 className="min-w-0 text-base">
              <bdi>{found.with.name || found.with.handle}</bdi>{' '}
              {found.with.name !== found.with.handle && (
                <bdi className="text-sm font-normal text-muted">{found.with.handle}</bdi>
              )}
            </h2>
            <DoneButton conversation={found} onDone={onDone} />
          </header>
          {found.postId && (
            <Link to="/posts/$id" params={{ id: found.postId }} className="text-sm">
              {t('conversations.about')}
            </Link>
          )}
          <Messages conversationId={id} messages={found.messages} onChange={setReplaced} />
          <Answer
            key={replaced?.id}
            id={id}
            replaced={replaced}
            onDone={() => setReplaced((now) => (now?.id === replaced?.id ? null : now))}
          />
        </Card>
      )}
    </Loaded>
  )
}

interface DoneProps {
  conversation: { id: string; version: number; state: 'open' | 'done' }
  onDone: () => void
}

function DoneButton({ conversation: { id, version, state }, onDone }: DoneProps) {
  const { t } = useLanguage()
  const may = useMay()
  const next = state === 'open' ? 'done' : 'open'
  const become = (version: number, state: 'open' | 'done') =>
    answerOf(
      client.PATCH('/v1/conversations/{id}', {
        params: { path: { id }, header: ifMatch(version) },
        body: { state },
      }),
    )
  const change = useOptimisticMutation({
    queryKey: ['conversations', state],
    shown: (kept: InfiniteData<{ items: Conversation[] }>) => ({
      ...kept,
      pages: kept.pages.map((page) => ({
        ...page,
        items: page.items.filter((one) => one.id !== id),
      })),
    }),
    carryOut: () => become(version, next),
    said: () => ({
      text: next === 'done' ? t('conversations.isDone') : t('conversations.isOpen'),
    }),
    undo: (changed) => become(changed.version, state),
  })
  const press = () => {
    change.mutate()
    if (next === 'done') onDone()
  }
  const isAllowed = may('inbox:write')
  useSingleKeys({ e: press }, isAllowed)
  if (!isAllowed) return null
  return (
    <Button aria-keyshortcuts="E" size="small" onPress={press}>
      {next === 'done' ? (
        <Check aria-hidden className="size-4" />
      ) : (
        <RotateCcw aria-hidden className="size-4" />
      )}
      {next === 'done' ? t('conversations.markDone') : t('conversations.reopen')}
    </Button>
  )
}
