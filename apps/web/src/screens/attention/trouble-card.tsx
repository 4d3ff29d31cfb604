import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Cause } from '../../api/queries.ts'
import type { Channel, Publication } from '../../api/types.ts'
import { useMay } from '../../app/session.ts'
import { Button, buttonClass } from '../../kit/button.tsx'
import { useChannelName } from '../../kit/channel-name.ts'
import { Field } from '../../kit/field.tsx'
import { Form } from '../../kit/form.tsx'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { Card } from '../../kit/page.tsx'
import { Reasons } from '../../kit/reasons.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { useNewTime, useResolve, useRetry } from './attention-actions.ts'
import { Endings } from './endings.tsx'
import { fieldOf } from './field-of.ts'
import { NewTime } from './new-time.tsx'

interface TroubleCardProps {
  publication: Publication
  cause: Cause
  channel: Channel | undefined
}

/** One publication that needs a person: what is wrong, and one press to mend it. */
export function TroubleCard({ publication, cause, channel }: TroubleCardProps) {
  const { t, show } = useLanguage()
  const nameOf = useChannelName()
  const { network, dueAt, reason, risks, excerpt, channelId } = publication
  return (
    <li>
      <Card className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <NetworkMark network={network} />
          <bdi className="font-semibold">{nameOf(channelId)}</bdi>
          <StateBadge state={cause} />
          <time dateTime={dueAt} className="text-muted">
            {show.when(dueAt)}
          </time>
        </div>
        {excerpt && (
          <p dir="auto" className="line-clamp-2 text-sm text-match-parent">
            {excerpt}
          </p>
        )}
        <Reasons of={cause === 'risk' ? risks : reason ? [reason] : []} />
        <Remedies publication={publication} cause={cause} channel={channel}>
          <Link
            to="/publications/$id"
            params={{ id: publication.id }}
            className={buttonClass('plain', 'small')}
          >
            {t('attention.details')}
          </Link>
        </Remedies>
      </Card>
    </li>
  )
}

/** What a person can do about it. */
export function Remedies({
  publication,
  cause,
  channel,
  children,
}: TroubleCardProps & { children?: ReactNode }) {
  const { t } = useLanguage()
  const may = useMay()
  const { id, postId, conversationId, reason } = publication
  const retry = useRetry(cause)
  const publishNow = useNewTime(cause, false)
  const small = buttonClass('plain', 'small')
  const actions: ReactNode[] = []
  if (channel?.health === 'reconnect' && may('channels:write')) {
    actions.push(
      <Link
        key="reconnect"
        to="/channels/connect"
        search={{ network: channel.network, channel: channel.id }}
        className={buttonClass('primary', 'small')}
      >
        {t('attention.reconnect')}
      </Link>,
    )
  }
  if (may('publications:write')) {
    if (cause === 'failed' || cause === 'missed') {
      actions.push(
        <Button
          key="retry"
          look="primary"
          size="small"
          isPending={retry.isPending}
          onPress={() => retry.mutate({ ids: [id] })}
        >
          {cause === 'missed' ? t('compose.publishNow') : t('app.retry')}
        </Button>,
        <NewTime key="time" cause={cause} ids={[id]} />,
      )
    }
    if (cause === 'missing') {
      actions.push(
        <Button
          key="now"
          look="primary"
          size="small"
          isPending={publishNow.isPending}
          onPress={() => publishNow.mutate({ ids: [id] })}
        >
          {t('compose.publishNow')}
        </Button>,
        <NewTime key="time" cause={cause} ids={[id]} />,
      )
    }
    if (cause === 'unconfirmed') actions.push(<Resolve key="resolve" id={id} />)
    if (cause === 'risk' && publication.state === 'pending') {
      actions.push(<NewTime key="time" cause={cause} ids={[id]} />)
    }
    if (cause !== 'risk' && cause !== 'missing') {
      actions.push(<Endings key="endings" publication={publication} cause={cause} />)
    }
  }
  return (
    <div className="flex flex-wrap items-start gap-2">
      {actions}
      {postId && (
        <Link
          to="/posts/$id"
          params={{ id: postId }}
          hash={fieldOf(reason?.code)}
          className={small}
        >
          {t('attention.open')}
        </Link>
      )}
      {conversationId && (
        <Link to="/conversations" search={{ open: conversationId }} className={small}>
          {t('attention.conversation')}
        </Link>
      )}
      {children}
    </div>
  )
}

/** A person's word on what nobody could look up. */
function Resolve({ id }: { id: string }) {
  const { t } = useLanguage()
  const [isAsking, setAsking] = useState(false)
  const [permalink, setPermalink] = useState('')
  const resolve = useResolve('unconfirmed', isAsking)
  if (isAsking) {
    return (
      <Form
        className="flex w-full flex-col items-start gap-2"
        error={resolve.error}
        onSubmit={() =>
          resolve.mutate({ ids: [id], word: { isLive: true, permalink: permalink.trim() } })
        }
        actions={
          <div className="flex gap-2">
            <Button type="submit" look="primary" isPending={resolve.isPending}>
              {t('app.save')}
            </Button>
            <Button onPress={() => setAsking(false)}>{t('app.cancel')}</Button>
          </div>
        }
      >
        <Field
          name="permalink"
          label={t('attention.livePrompt')}
          type="url"
          dir="ltr"
          isRequired
          autoFocus
          placeholder="https://"
          value={permalink}
          onChange={setPermalink}
        />
      </Form>
    )
  }
  return (
    <>
      <Button look="primary" size="small" onPress={() => setAsking(true)}>
        {t('attention.live')}
      </Button>
      <Button
        size="small"
        isPending={resolve.isPending}
        onPress={() => resolve.mutate({ ids: [id], word: { isLive: false } })}
      >
        {t('attention.notLive')}
      </Button>
    </>
  )
}
