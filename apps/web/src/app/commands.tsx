import { useNavigate } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components'
import { Dialog } from '../kit/dialog.tsx'
import { inputClass } from '../kit/field.tsx'
import { folded } from '../language/bidi.ts'
import { useLanguage } from '../language/use-language.tsx'
import { en } from '../language/words/en.ts'
import { fa } from '../language/words/fa.ts'
import { useActions } from './actions.ts'
import { Kbd } from './kbd.tsx'
import { keysOf, navItems } from './nav-items.ts'
import { useMay } from './session.ts'

/** By what else people look for a place. */
const synonyms: Record<(typeof navItems)[number]['word'], string> = {
  compose: 'write create compose schedule نوشتن ساختن انتشار زمان‌بندی پست',
  calendar: 'plan month week schedule برنامه ماه هفته',
  approvals: 'review approve بررسی بازبینی',
  attention: 'failed missed problems errors ناموفق خطا مشکل',
  conversations: 'inbox comments messages mentions صندوق نظر پیام اشاره',
  channels: 'accounts pages networks حساب صفحه شبکه',
  settings: 'members keys language preferences اعضا کلید زبان',
}

interface CommandsProps {
  onClose: () => void
  onKeys: () => void
}

/** Places and actions by name, in either language, with the keys that do the same. */
export default function Commands({ onClose, onKeys }: CommandsProps) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const may = useMay()
  const actions = useActions(onKeys)
  const then = (act: () => void) => () => {
    onClose()
    act()
  }
  return (
    <Dialog title={t('commands.title')} isOpen onClose={onClose}>
      <Autocomplete filter={(text, typed) => fits(text, typed)}>
        <SearchField aria-label={t('commands.placeholder')} autoFocus>
          <Input dir="auto" placeholder={t('commands.placeholder')} className={inputClass} />
        </SearchField>
        <ListBox
          aria-label={t('commands.title')}
          className="max-h-[60dvh] overflow-auto outline-none"
          renderEmptyState={() => <p className="p-3 text-muted">{t('commands.none')}</p>}
        >
          {navItems
            .filter(({ needs }) => may(needs))
            .map(({ to, word, key, icon }) => (
              <Command
                key={to}
                id={to}
                icon={icon}
                text={`${en.nav[word]} ${fa.nav[word]} ${synonyms[word]}`}
                onAction={then(() => void navigate({ to }))}
              >
                <span className="grow">{t(`nav.${word}`)}</span>
                <Kbd keys={keysOf({ word, key })} />
              </Command>
            ))}
          {actions.map(({ id, label, icon, synonyms: other, act }) => (
            <Command key={id} id={id} icon={icon} text={`${label} ${other}`} onAction={then(act)}>
              <span className="grow">{label}</span>
            </Command>
          ))}
        </ListBox>
      </Autocomplete>
    </Dialog>
  )
}

/** Every word that was typed is found, in whichever order. */
const fits = (text: string, typed: string): boolean => {
  const known = folded(text)
  return folded(typed)
    .split(/\s+/)
    .every((word) => known.includes(word))
}

interface CommandProps {
  id: string
  icon: LucideIcon
  /** What is searched. */
  text: string
  onAction: () => void
  children: ReactNode
}

function Command({ id, icon: Icon, text, onAction, children }: CommandProps) {
  return (
    <ListBoxItem
      id={id}
      textValue={text}
      onAction={onAction}
      className="flex min-h-10 cursor-pointer items-center gap-3 rounded-control px-3 data-focused:bg-sunken"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      {children}
    </ListBoxItem>
  )
}
