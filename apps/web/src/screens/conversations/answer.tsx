import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useRef, useState } from 'react'
import { answerOf, client, stableIdempotencyKey } from '../../api/client.ts'
import type { Message } from '../../api/types.ts'
import { useKeptText } from '../../app/kept-text.ts'
import { useMay } from '../../app/session.ts'
import { useSingleKeys } from '../../app/single-keys.ts'
import { Button } from '../../kit/button.tsx'
import { ErrorMessage } from '../../kit/error-message.tsx'
import { PresenceIndicator } from '../../kit/presence-indicator.tsx'
import { TextEditor } from '../../kit/text-editor.tsx'
import { toast } from '../../kit/toasts.tsx'
import { useWrongFields } from '../../kit/wrong-fields.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { labels } from './labels.ts'

interface AnswerProps {
  id: string
  /** An answer that did not go out, which this one replaces. */
  replaced: Message | null
  onDone: () => void
}

/** The answer that is being written; what was typed stays until it is sent. */
export function Answer({ id, replaced, onDone }: AnswerProps) {
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
  const [ask] = useState(stableIdempotencyKey)
  const send = useMutation({
    mutationFn: (said: string) => {
      const body = { text: said.trim(), ...(replaced && { replaces: replaced.id }) }
      return ask(body, (header) => {
        const params = { path: { id }, header }
        return answerOf(client.POST('/v1/conversations/{id}/messages', { params, body }))
      })
    },
    onSuccess: (_, said) => {
      // Text typed since the request began has not been sent.
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
          {show.said(labels.changing)}
          <Button size="small" look="quiet" onPress={onDone}>
            {t('app.cancel')}
          </Button>
        </p>
      )}
      <PresenceIndicator kind="conversations" id={id} written={text} />
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
        <ErrorMessage error={send.error} />
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
