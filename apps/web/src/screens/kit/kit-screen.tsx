import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Problem, Unreachable } from '../../api/problem.ts'
import { networks } from '../../api/queries.ts'
import { Button } from '../../kit/button.tsx'
import { Checkbox, Segments } from '../../kit/choice.tsx'
import { Confirm } from '../../kit/confirm.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { ErrorMessage } from '../../kit/error-message.tsx'
import { Field } from '../../kit/field.tsx'
import { FileDrop } from '../../kit/file-drop.tsx'
import { Form } from '../../kit/form.tsx'
import { LanguageSwitch } from '../../kit/language-switch.tsx'
import { Menu } from '../../kit/menu.tsx'
import { More } from '../../kit/more.tsx'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { Card, Page } from '../../kit/page.tsx'
import { Picker } from '../../kit/picker.tsx'
import { Others } from '../../kit/presence-indicator.tsx'
import { Reasons } from '../../kit/reasons.tsx'
import { SearchPicker } from '../../kit/search-picker.tsx'
import { Sections } from '../../kit/sections.tsx'
import { StateBadge, type StateWord } from '../../kit/state-badge.tsx'
import { Empty, Failed, Skeleton } from '../../kit/states.tsx'
import { TextDiff } from '../../kit/text-diff.tsx'
import { TextEditor } from '../../kit/text-editor.tsx'
import { toast } from '../../kit/toasts.tsx'
import WhenField from '../../kit/when-field.tsx'
import { Zone } from '../../kit/zone.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { wallTimeAt } from '../../language/wall-time.ts'
import { en } from '../../language/words/en.ts'

const options = [
  { id: 'one', label: 'یک' },
  { id: 'two', label: 'Two' },
] as const

const wrongName = { pointer: '/name', code: 'too_small', message: '' }

/** Every primitive in each of its states; in development alone. */
export function KitScreen() {
  const { wanted } = useLanguage()
  const { data: known } = useQuery(networks)
  const [isOpen, setOpen] = useState(false)
  const [isConfirming, setConfirming] = useState(false)
  const [chosen, setChosen] = useState<'one' | 'two'>('one')
  const [when, setWhen] = useState(() => wallTimeAt(new Date().toISOString(), wanted.zone))
  return (
    <Page title="kit">
      <Card className="flex flex-wrap gap-2">
        {(['primary', 'plain', 'quiet', 'danger'] as const).map((look) => (
          <span key={look} className="flex gap-2">
            <Button look={look}>{look}</Button>
            <Button look={look} size="small">
              {look}
            </Button>
            <Button look={look} isDisabled>
              {look}
            </Button>
            <Button look={look} isPending>
              {look} …
            </Button>
          </span>
        ))}
      </Card>
      <Card className="flex flex-wrap items-start gap-4">
        <Menu
          label="Menu"
          items={[
            { id: 'one', label: 'یک', onAction: () => toast('یک') },
            { id: 'two', label: 'Two', onAction: () => toast('Two') },
          ]}
        >
          Menu
        </Menu>
        <Form
          error={new Problem(422, { code: 'invalid_input', errors: [wrongName] })}
          onSubmit={() => undefined}
          actions={<Button type="submit">Form</Button>}
        >
          <Field label="Name" name="name" value="" onChange={() => undefined} />
        </Form>
        <div className="flex flex-col gap-2">
          <ErrorMessage error={new Problem(409, { code: 'stale' })} />
          <ErrorMessage error={new Unreachable()} />
          <Reasons
            of={[
              {
                code: 'refused',
                message: { fa: 'شبکه نپذیرفت.', en: 'Refused.' },
                fix: { fa: 'اصلاح کنید.', en: 'Mend it.' },
                detail: '422 {"error":"…"}',
              },
            ]}
          />
          <p>
            <Zone id="Asia/Tehran" /> · <Zone id="America/New_York" />
          </p>
        </div>
      </Card>
      <Card>
        <Sections
          label="Sections"
          chosen={chosen}
          onChoose={setChosen}
          sections={options.map((option) => ({ ...option, panel: <p>{option.label}</p> }))}
        />
        <More
          query={{
            hasNextPage: true,
            isFetchingNextPage: false,
            fetchNextPage: () => undefined,
            isFetchNextPageError: false,
            error: null,
          }}
        />
        <Button onPress={() => setConfirming(true)}>Confirm</Button>
        {isConfirming && (
          <Confirm
            title="Confirm"
            verb="do"
            action={{ isPending: false, error: null }}
            onConfirm={() => setConfirming(false)}
            onClose={() => setConfirming(false)}
          >
            …
          </Confirm>
        )}
      </Card>
      <Card className="grid gap-4 sm:grid-cols-2">
        <Field label="متن" hint="hint" value="سلام" onChange={() => undefined} />
        <Field label="Wrong" problem="why" value="" onChange={() => undefined} />
        <Field label="Disabled" isDisabled value="…" onChange={() => undefined} />
        <Field label="Long" multiline value={'سلام\nhello'} onChange={() => undefined} />
        <TextEditor
          label="Text"
          value="سلام! تا اینجا جا می‌شود و این بیرون می‌ماند"
          fits={22}
          onChange={() => undefined}
        />
        <FileDrop types={['image/png']} onFiles={() => undefined} action="File" hint="hint">
          …
        </FileDrop>
        <Segments label="Segments" options={options} value={chosen} onChange={setChosen} />
        <Picker label="Picker" options={options} value={chosen} onChange={setChosen} />
        <SearchPicker
          label="SearchPicker"
          searchLabel="Search"
          options={options.map((option) => ({ ...option, note: option.id }))}
          value={chosen}
          onChange={(next) => setChosen(next === 'one' ? 'one' : 'two')}
        />
        <LanguageSwitch />
        <Others
          people={[
            { name: 'سارا', doing: 'writing' },
            { name: 'Nima', doing: 'reading' },
          ]}
        />
        <Checkbox defaultSelected>Checkbox</Checkbox>
        <Checkbox isDisabled>Checkbox</Checkbox>
        <WhenField label="When" value={when} onChange={setWhen} />
        <WhenField label="When" value={when} onChange={setWhen} problem="why" />
      </Card>
      <Card className="flex flex-wrap gap-2">
        {(Object.keys(en.state) as StateWord[]).map((state) => (
          <span key={state} className="flex gap-1">
            <StateBadge state={state} />
            <StateBadge state={state} isSmall />
          </span>
        ))}
        {known?.map(({ id }) => (
          <NetworkMark key={id} network={id} />
        ))}
      </Card>
      <Card>
        <TextDiff before="سلام دنیا" after="سلام ای دنیا" />
        <Button onPress={() => setOpen(true)}>Dialog</Button>
        <Button onPress={() => toast('toast', { undo: () => undefined })}>Toast</Button>
        <Button onPress={() => toast('toast', { tone: 'bad' })}>Toast</Button>
        <Dialog title="Dialog" isOpen={isOpen} onClose={() => setOpen(false)}>
          …
        </Dialog>
      </Card>
      <Card>
        <Empty title="Empty" text="text" action={<Button>act</Button>} />
        <Failed error={new Problem(403, { fix: 'fix' })} onRetry={() => undefined} />
        <Failed error={new Problem(500, { detail: 'detail' })} onRetry={() => undefined} />
        <Failed error={new Unreachable()} onRetry={() => undefined} />
        <Failed error={new Error('a fault of ours')} onRetry={() => undefined} />
        <Skeleton />
      </Card>
    </Page>
  )
}
