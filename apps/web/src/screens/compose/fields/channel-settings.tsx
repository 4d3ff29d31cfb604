import { useQuery } from '@tanstack/react-query'
import { SlidersHorizontal } from 'lucide-react'
import { Suspense, useState } from 'react'
import { networks } from '../../../api/queries.ts'
import type { Channel, Variant } from '../../../api/types.ts'
import { Button } from '../../../kit/button.tsx'
import { lazyWithRetry } from '../../../kit/lazy-with-retry.ts'
import { useLanguage } from '../../../language/use-language.tsx'
import { Overridden } from './overridden.tsx'
import { schemaFields } from './schema/schema-fields.ts'
import { useSettingsInWords } from './schema/settings-in-words.ts'

const SchemaForm = lazyWithRetry(() => import('./schema-form.tsx'))

/** The form of what a channel's network can be asked beside the text, and whether it is open. */
export function useSettingsForm({ name, network }: Channel, place: string) {
  const known = useQuery(networks).data ?? []
  const [isOpen, setOpen] = useState(false)
  const fields = schemaFields(known.find(({ id }) => id === network)?.settings ?? {})
  return { name, network, place, fields, isOpen, setOpen }
}

type SettingsForm = ReturnType<typeof useSettingsForm>

/** Opens and closes it; a finding about a setting leads here first. */
export function SettingsButton({ form }: { form: SettingsForm }) {
  const { t } = useLanguage()
  const { name, place, fields, isOpen, setOpen } = form
  if (fields.length === 0) return null
  return (
    <Button
      id={place}
      look="quiet"
      size="small"
      aria-label={`${t('nav.settings')} ${t('compose.variant', { name })}`}
      aria-expanded={isOpen}
      onPress={() => setOpen(!isOpen)}
    >
      <SlidersHorizontal aria-hidden className="size-4" />
      {t('nav.settings')}
    </Button>
  )
}

interface ChannelSettingsProps {
  form: SettingsForm
  settings: Variant['settings']
  onChange: (settings: Variant['settings']) => void
}

/** What a channel is asked beside the text: as a form while that is open, in words otherwise. */
export function ChannelSettings({ form, settings, onChange }: ChannelSettingsProps) {
  const { t } = useLanguage()
  const inWords = useSettingsInWords()
  const { name, network, place, fields, isOpen } = form
  const opened = isOpen && (
    <fieldset
      aria-label={`${t('nav.settings')} ${t('compose.variant', { name })}`}
      className="flex min-w-0 flex-col gap-4 rounded-control bg-sunken p-3"
    >
      <Suspense fallback={<div className="h-24" />}>
        <SchemaForm
          fields={fields}
          settings={settings ?? {}}
          place={place}
          onChange={(next) => onChange(Object.keys(next).length > 0 ? next : undefined)}
        />
      </Suspense>
    </fieldset>
  )
  if (settings === undefined) return opened
  return (
    <Overridden
      what={isOpen ? t('nav.settings') : inWords(network, settings).join('\n')}
      onReset={() => onChange(undefined)}
    >
      {opened}
    </Overridden>
  )
}
