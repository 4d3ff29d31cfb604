import { useLayoutEffect, useRef } from 'react'
import { answerOf, client } from '../../api/client.ts'
import type { Message } from '../../api/types.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Reasons } from '../../kit/reasons.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { labels } from './labels.ts'

/** The messages, scrolled to the end when opened and when more come: the newest stands above the answer field. */
export function Messages({ messages, ...rest }: { messages: readonly Message[] } & OursProps) {
  const { t } = useLanguage()
  const list = useRef<HTMLOListElement>(null)
  const newest = messages.at(-1)?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: when there is a newer one
  useLayoutEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [newest])
  return (
    <ol
      ref={list}
      aria-label={t('conversations.messages')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys, too
      tabIndex={0}
      className="flex max-h-[max(12rem,calc(100dvh-32rem))] max-sm:max-h-[max(12rem,calc(100dvh-37rem))] flex-col gap-3 overflow-y-auto"
    >
      {messages.map((message) => (
        <Said key={message.id} message={message} {...rest} />
      ))}
    </ol>
  )
}

interface OursProps {
  conversationId: string
  /** Called to rewrite an answer that did not go out. */
  onChange: (message: Message) => void
}

function Said({ message, ...rest }: { message: Message } & OursProps) {
  const { t, show } = useLanguage()
  const { direction, author, text, at, state } = message
  const isOurs = direction === 'out'
  return (
    <li className={`flex max-w-[85%] flex-col gap-1 ${isOurs ? 'self-end' : 'self-start'}`}>
      <div className={`rounded-card px-3 py-2 ${isOurs ? 'bg-accent-soft' : 'bg-sunken'}`}>
        <p dir="auto" className="break-words whitespace-pre-wrap">
          {text}
        </p>
      </div>
      <span className="flex flex-wrap items-center gap-2 text-xs text-muted">
        <bdi>{isOurs ? t('conversations.you') : author?.name || author?.handle}</bdi>
        <time dateTime={at}>{show.when(at)}</time>
        {isOurs && <StateBadge state={state} />}
      </span>
      {isOpen(message) && message.reason && <Reasons of={[message.reason]} />}
      {isUnsent(message) && <Unsent message={message} {...rest} />}
    </li>
  )
}

/** Whether an answer is neither published nor given up. */
const isOpen = ({ direction, state }: Message) =>
  direction === 'out' && !['published', 'cancelled'].includes(state)

/** Whether an answer is certainly not out and may still be rewritten or given up. */
const isUnsent = ({ direction, state }: Message) =>
  direction === 'out' && ['failed', 'missed', 'held'].includes(state)

/** What can be done about an answer that did not go out. */
function Unsent({ message, conversationId, onChange }: { message: Message } & OursProps) {
  const { show } = useLanguage()
  const may = useMay()
  const drop = useOptimisticMutation({
    queryKey: ['conversations'],
    alsoRead: ['publications'],
    carryOut: () =>
      answerOf(
        client.DELETE('/v1/conversations/{id}/messages/{messageId}', {
          params: { path: { id: conversationId, messageId: message.id } },
        }),
      ),
    said: () => ({ text: show.said(labels.dropped) }),
  })
  if (!may('inbox:write')) return null
  return (
    <span className="flex flex-wrap gap-2">
      <Button size="small" onPress={() => onChange(message)}>
        {show.said(labels.change)}
      </Button>
      <Button size="small" look="quiet" isPending={drop.isPending} onPress={() => drop.mutate()}>
        {show.said(labels.drop)}
      </Button>
    </span>
  )
}
