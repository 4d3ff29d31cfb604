import { Dialog } from '../kit/dialog.tsx'
import { useLanguage } from '../language/use-language.tsx'
import { Kbd } from './kbd.tsx'
import { keysOf, navItems } from './nav-items.ts'
import { useMay } from './session.ts'

/** All keys at a glance, by the place where they are for something. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t, wanted } = useLanguage()
  const may = useMay()
  const goTo = navItems
    .filter(({ needs }) => may(needs))
    .map((place) => ({ name: t(`nav.${place.word}`), keys: keysOf(place) }))
  const groups = [
    {
      title: t('keys.everywhere'),
      keys: [
        { name: t('nav.search'), keys: ['Ctrl', 'K'] },
        { name: t('keys.sheet'), keys: ['?'] },
        { name: t('app.undo'), keys: ['Ctrl', 'Z'] },
        ...goTo,
      ],
    },
    {
      title: t('nav.calendar'),
      keys: [
        { name: t('keys.move'), keys: ['M'] },
        { name: t('keys.byDay'), keys: ['←', '→', '↑', '↓'] },
        { name: t('keys.byTime'), keys: ['↑', '↓'] },
        { name: t('keys.byMonth'), keys: ['PgUp', 'PgDn'] },
        { name: t('keys.drop'), keys: ['Enter'] },
        { name: t('keys.leave'), keys: ['Esc'] },
      ],
    },
    {
      title: t('nav.approvals'),
      keys: [
        { name: t('approvals.approve'), keys: ['A'] },
        { name: t('approvals.request'), keys: ['R'] },
        { name: t('keys.next'), keys: ['J'] },
        { name: t('keys.previous'), keys: ['K'] },
      ],
    },
    {
      title: t('nav.conversations'),
      keys: [
        { name: t('keys.next'), keys: ['J'] },
        { name: t('keys.previous'), keys: ['K'] },
        { name: t('conversations.answer'), keys: ['R'] },
        { name: t('conversations.markDone'), keys: ['E'] },
      ],
    },
  ]
  return (
    <Dialog title={t('keys.title')} isOpen onClose={onClose} size="wide">
      {!wanted.singleKeys && <p className="text-sm text-muted">{t('keys.off')}</p>}
      <div className="grid gap-6 sm:grid-cols-2">
        {groups.map(({ title, keys }) => (
          <section key={title} className="flex flex-col gap-1">
            <h3 className="text-sm font-semibold">{title}</h3>
            <dl>
              {keys.map((one) => (
                <div key={one.name} className="flex min-h-9 items-center justify-between gap-4">
                  <dt>{one.name}</dt>
                  <dd>
                    <Kbd keys={one.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
