import { type InfiniteData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, RotateCcw, Send } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { answerOf, client, ifMatch, untilAnswered } from '../../api/client.ts'
import { conversation } from '../../api/queries.ts'
import type { Conversation, Message } from '../../api/types.ts'
import { useKeptText } from '../../app/kept-text.ts'
import { useMay } from '../../app/session.ts'
import { useSingleKeys } from '../../app/single-keys.ts'
import { AlsoHere } from '../../kit/also-here.tsx'
import { useAtOnce } from '../../kit/at-once.ts'
import { Button } from '../../kit/button.tsx'
import { Card } from '../../kit/page.tsx'
import { Reasons } from '../../kit/reasons.tsx'
import { Refusal } from '../../kit/refusal.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { Loaded } from '../../kit/states.tsx'
import { TextEditor } from '../../kit/text-editor.tsx'
import { toast } from '../../kit/toasts.tsx'
import { useWrongFields } from '../../kit/wrong-fields.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { words } from './words.ts'

/** One thread with people, and the answer that is being written; what was typed stays until it is sent. */
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

/** What was said, at its end when it is opened and when more comes: the newest stands above its answer. */
function Messages({ messages, ...rest }: { messages: readonly Message[] } & OursProps) {
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
  /** An answer that did not go out shall be written otherwise. */
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

/** It is not done with, one way or the other. */
const isOpen = ({ direction, state }: Message) =>
  direction === 'out' && !['published', 'cancelled'].includes(state)

/** It is not out, and nobody is in doubt of that. */
const isUnsent = ({ direction, state }: Message) =>
  direction === 'out' && ['failed', 'missed', 'held'].includes(state)

/** What can be done about an answer that did not go out. */
function Unsent({ message, conversationId, onChange }: { message: Message } & OursProps) {
  const { show } = useLanguage()
  const may = useMay()
  const drop = useAtOnce({
    queryKey: ['conversations'],
    alsoRead: ['publications'],
    carryOut: () =>
      answerOf(
        client.DELETE('/v1/conversations/{id}/messages/{messageId}', {
          params: { path: { id: conversationId, messageId: message.id } },
        }),
      ),
    said: () => ({ text: show.said(words.dropped) }),
  })
  if (!may('inbox:write')) return null
  return (
    <span className="flex flex-wrap gap-2">
      <Button size="small" onPress={() => onChange(message)}>
        {show.said(words.change)}
      </Button>
      <Button size="small" look="quiet" isPending={drop.isPending} onPress={() => drop.mutate()}>
        {show.said(words.drop)}
      </Button>
    </span>
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
  const change = useAtOnce({
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

interface AnswerProps {
  id: string
  /** An answer that did not go out, and that this one takes the place of. */
  replaced: Message | null
  onDone: () => void
}

function Answer({ id, replaced, onDone }: AnswerProps) {
  const { t, show } = useLanguage()
  const may = useMay()
  const queries = useQueryClient()
  const [kept, keep] = useKeptText(`answer.${replaced?.id ?? id}`)
  const [isBegun, setBegun] = useState(false)
  const text = isBegun || kept !== '' ? kept : (replaced?.text ?? '')
  const latest = useRef(text)
  const write = (next: string) => {
    latest.current = next
    setBegun(true)
    keep(next)
  }
  const [ask] = useState(untilAnswered)
  const send = useMutation({
    mutationFn: (said: string) => {
      const body = { text: said.trim(), ...(replaced && { replaces: replaced.id }) }
      return ask(body, (header) => {
        const params = { path: { id }, header }
        return answerOf(client.POST('/v1/conversations/{id}/messages', { params, body }))
      })
    },
    onSuccess: (_, said) => {
      // What was typed meanwhile has not been sent.
      const now = latest.current
      write(now.startsWith(said) ? now.slice(said.length).trimStart() : now)
      toast(t('conversations.sent'))
      onDone()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['conversations'] }),
  })
  const wrong = useWrongFields(send.error)
  const isAllowed = may('inbox:write')
  useSingleKeys({ r: () => document.getElementById('field/answer')?.focus() }, isAllowed)
  if (!isAllowed) return null
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate(text)
      }}
    >
      {replaced && (
        <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
          {show.said(words.changing)}
          <Button size="small" look="quiet" onPress={onDone}>
            {t('app.cancel')}
          </Button>
        </p>
      )}
      <AlsoHere kind="conversations" id={id} written={text} />
      <TextEditor
        id="field/answer"
        label={t('conversations.answer')}
        rows={3}
        value={text}
        onChange={write}
      />
      {wrong.text ? (
        <p role="alert" className="text-sm text-bad">
          {wrong.text}
        </p>
      ) : (
        <Refusal error={send.error} />
      )}
      <div className="flex justify-end">
        <Button
          type="submit"
          look="primary"
          isDisabled={text.trim() === ''}
          isPending={send.isPending}
        >
          <Send aria-hidden className="size-4 rtl:-scale-x-100" />
          {t('conversations.send')}
        </Button>
      </div>
    </form>
  )
}
