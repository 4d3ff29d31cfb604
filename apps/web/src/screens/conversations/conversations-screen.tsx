import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ChevronLeft, MessagesSquare } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { conversations } from '../../api/queries.ts'
import type { Conversation } from '../../api/types.ts'
import { useSingleKeys } from '../../app/single-keys.ts'
import { Button } from '../../kit/button.tsx'
import { Segments } from '../../kit/choice.tsx'
import { More } from '../../kit/more.tsx'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { Page } from '../../kit/page.tsx'
import { itemsOf } from '../../kit/pages.ts'
import { Empty, Loaded } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { labels } from './labels.ts'
import { useReadAhead } from './read-ahead.ts'
import { Thread } from './thread.tsx'

const route = getRouteApi('/inside/conversations')

/** People who write to us: a list and the thread that is open. */
export function ConversationsScreen() {
  const { t, show } = useLanguage()
  const { state = 'open', open } = route.useSearch()
  const navigate = useNavigate({ from: '/conversations' })
  const query = useInfiniteQuery(conversations(state))
  const items = itemsOf(query.data)
  const choose = (id: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, open: id }) })
  const walk = (by: 1 | -1) => {
    const next = items?.[items.findIndex(({ id }) => id === open) + by]
    if (next) choose(next.id)
  }
  useReadAhead(items, open)
  useSingleKeys({ j: () => walk(1), k: () => walk(-1) })
  return (
    <Page
      title={t('conversations.title')}
      isWide
      toolbar={
        <Segments
          label={t('conversations.title')}
          isLabelHidden
          value={state}
          onChange={(chosen) =>
            void navigate({ search: chosen === 'done' ? { state: 'done' as const } : {} })
          }
          options={[
            { id: 'open', label: t('conversations.open') },
            { id: 'done', label: t('conversations.done') },
          ]}
        />
      }
    >
      <Loaded query={{ data: items, error: query.error, refetch: query.refetch }}>
        {(all) =>
          all.length === 0 && !open ? (
            <Empty
              icon={<MessagesSquare aria-hidden className="size-7" />}
              title={t('conversations.empty')}
              text={show.said(labels.emptyText)}
            />
          ) : (
            <div className="grid items-start gap-4 md:grid-cols-[20rem_minmax(0,1fr)]">
              <div className={open ? 'max-md:hidden' : ''}>
                <ul className="flex flex-col gap-1">
                  {all.map((one) => (
                    <Row key={one.id} conversation={one} isOpen={one.id === open} onOpen={choose} />
                  ))}
                </ul>
                <More query={query} />
              </div>
              <div className={open ? '' : 'max-md:hidden'}>
                {open ? (
                  <>
                    <div className="pb-2 md:hidden">
                      <Button look="quiet" size="small" onPress={() => choose(undefined)}>
                        <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
                        {t('app.back')}
                      </Button>
                    </div>
                    <Thread key={open} id={open} onDone={() => choose(nextAfter(all, open))} />
                  </>
                ) : (
                  <Empty title={show.said(labels.choose)} />
                )}
              </div>
            </div>
          )
        }
      </Loaded>
    </Page>
  )
}

const nextAfter = (all: readonly Conversation[], id: string): string | undefined =>
  all[all.findIndex((one) => one.id === id) + 1]?.id

interface RowProps {
  conversation: Conversation
  isOpen: boolean
  onOpen: (id: string) => void
}

function Row({ conversation, isOpen, onOpen }: RowProps) {
  const { t, show } = useLanguage()
  const { id, network, kind, excerpt, lastMessageAt } = conversation
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  return (
    <li ref={row}>
      <button
        type="button"
        aria-current={isOpen}
        onClick={() => onOpen(id)}
        className={`flex w-full flex-col gap-1 rounded-card border p-3 text-start hover:border-line-strong
          ${isOpen ? 'border-accent bg-accent-soft' : 'border-line bg-surface'}`}
      >
        <span className="flex items-center gap-2 text-sm">
          <NetworkMark network={network} />
          <bdi className="min-w-0 grow truncate font-semibold">
            {conversation.with.name || conversation.with.handle}
          </bdi>
          <time dateTime={lastMessageAt} className="shrink-0 text-xs text-muted">
            {show.distance(lastMessageAt)}
          </time>
        </span>
        <span dir="auto" className="line-clamp-2 text-sm text-match-parent">
          {excerpt}
        </span>
        <span className="text-xs text-muted">{t(`conversations.kind.${kind}`)}</span>
      </button>
    </li>
  )
}
