import { useNavigate } from '@tanstack/react-router'
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components'
import { Dialog } from '../kit/dialog.tsx'
import { inputClass } from '../kit/field.tsx'
import { folded } from '../language/bidi.ts'
import { useLanguage } from '../language/use-language.tsx'
import { en } from '../language/words/en.ts'
import { fa } from '../language/words/fa.ts'
import { Keys } from './keys.tsx'
import { keysOf, places } from './places.ts'
import { useMay } from './session.ts'

/** Everything by name, in either language, with the keys that do the same. */
export default function Commands({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const may = useMay()
  const allowed = places.filter(({ needs }) => may(needs))
  return (
    <Dialog title={t('commands.title')} isOpen onClose={onClose}>
      <Autocomplete filter={(text, typed) => folded(text).includes(folded(typed))}>
        <SearchField aria-label={t('commands.placeholder')} autoFocus>
          <Input dir="auto" placeholder={t('commands.placeholder')} className={inputClass} />
        </SearchField>
        <ListBox
          aria-label={t('commands.title')}
          className="outline-none"
          renderEmptyState={() => <p className="p-3 text-muted">{t('commands.none')}</p>}
        >
          {allowed.map(({ to, word, key }) => (
            <ListBoxItem
              key={to}
              id={to}
              textValue={`${en.nav[word]} ${fa.nav[word]}`}
              onAction={() => {
                onClose()
                void navigate({ to })
              }}
              className="flex min-h-10 cursor-pointer items-center justify-between rounded-control px-3 data-focused:bg-sunken"
            >
              {t(`nav.${word}`)}
              <Keys keys={keysOf({ word, key })} />
            </ListBoxItem>
          ))}
        </ListBox>
      </Autocomplete>
    </Dialog>
  )
}
