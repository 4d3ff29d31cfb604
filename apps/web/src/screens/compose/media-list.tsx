import { useQuery } from '@tanstack/react-query'
import { Crop, ImagePlus, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import {
  Button as AriaButton,
  DropZone,
  FileTrigger,
  Input,
  ProgressBar,
  TextField,
} from 'react-aria-components'
import { asset } from '../../api/queries.ts'
import { Button, buttonClass } from '../../kit/button.tsx'
import { inputClass } from '../../kit/field.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import type { Use } from './draft.ts'
import type { Upload } from './use-uploads.ts'

const CropDialog = lazy(() => import('./crop-dialog.tsx'))

const types = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'video/mp4']

interface MediaListProps {
  uses: Use[]
  /** Takes the list as it is by then: uploads end while others go on. */
  onChange: (change: (uses: Use[]) => Use[]) => void
  uploads: readonly Upload[]
  onFiles: (files: Iterable<File>) => void
}

/** The media of a part: added by drag, paste or choice, each with its alternative text in view. */
export function MediaList({ uses, onChange, uploads, onFiles }: MediaListProps) {
  const { t } = useLanguage()
  return (
    <DropZone
      onDrop={async ({ items }) => {
        const dropped = items.filter((item) => item.kind === 'file')
        onFiles(await Promise.all(dropped.map((item) => item.getFile())))
      }}
      className="flex flex-col gap-3 rounded-control border border-dashed border-line p-3
        data-drop-target:border-accent data-drop-target:bg-accent-soft"
    >
      {uses.map((use) => (
        <UseRow
          key={use.id}
          use={use}
          onAlt={(alt) =>
            onChange((all) => all.map((one) => (one.id === use.id ? { ...one, alt } : one)))
          }
          onReplace={(next) =>
            onChange((all) =>
              all.map((one) => (one.id === use.id ? { ...next, alt: use.alt } : one)),
            )
          }
          onRemove={() => onChange((all) => all.filter(({ id }) => id !== use.id))}
        />
      ))}
      {uploads.map((one) => (
        <UploadRow key={one.key} upload={one} />
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <FileTrigger
          acceptedFileTypes={types}
          allowsMultiple
          onSelect={(list) => onFiles(list ?? [])}
        >
          <AriaButton className={buttonClass('plain', 'small')}>
            <ImagePlus aria-hidden className="size-4" />
            {t('compose.addImage')}
          </AriaButton>
        </FileTrigger>
        <span className="text-sm text-muted">{t('compose.dropImage')}</span>
      </div>
    </DropZone>
  )
}

interface UseRowProps {
  use: Use
  onAlt: (alt: string) => void
  onReplace: (use: Use) => void
  onRemove: () => void
}

function UseRow({ use, onAlt, onReplace, onRemove }: UseRowProps) {
  const { t } = useLanguage()
  const [isCropping, setCropping] = useState(false)
  const { data } = useQuery(asset(use.id))
  const name = use.fileName || data?.fileName || use.id
  const source = `/v1/assets/${use.id}/content`
  return (
    <div className="flex items-start gap-3">
      {data?.kind === 'video' ? (
        <video src={source} muted className="size-20 rounded-control bg-sunken object-cover" />
      ) : (
        <img src={source} alt="" className="size-20 rounded-control bg-sunken object-cover" />
      )}
      <div className="flex min-w-0 grow flex-col gap-1">
        <TextField aria-label={`${t('compose.alt')}: ${name}`} value={use.alt} onChange={onAlt}>
          <Input
            dir="auto"
            placeholder={t('compose.altHint')}
            maxLength={2000}
            className={inputClass}
          />
        </TextField>
        {use.alt.trim() === '' && (
          <span className="text-xs text-warn">{t('compose.altMissing')}</span>
        )}
      </div>
      {data?.kind === 'image' && (
        <Button
          look="quiet"
          size="icon"
          aria-label={`${t('compose.crop')}: ${name}`}
          onPress={() => setCropping(true)}
        >
          <Crop aria-hidden className="size-4" />
        </Button>
      )}
      <Button
        look="quiet"
        size="icon"
        aria-label={t('compose.removeImage', { name })}
        onPress={onRemove}
      >
        <X aria-hidden className="size-4" />
      </Button>
      {isCropping && (
        <Suspense>
          <CropDialog
            source={source}
            fileName={name}
            onClose={() => setCropping(false)}
            onCropped={onReplace}
          />
        </Suspense>
      )}
    </div>
  )
}

function UploadRow({ upload: { name, share } }: { upload: Upload }) {
  const { t, show } = useLanguage()
  const percent = show.number(share, { style: 'percent' })
  return (
    <ProgressBar
      aria-label={t('compose.uploading', { name, percent })}
      value={share * 100}
      className="flex flex-col gap-1"
    >
      <span className="text-sm text-muted">{t('compose.uploading', { name, percent })}</span>
      <svg
        viewBox="0 0 100 2"
        preserveAspectRatio="none"
        className="h-1.5 w-full rounded-full bg-sunken"
      >
        <title>{percent}</title>
        <rect width={share * 100} height="2" className="fill-accent" />
      </svg>
    </ProgressBar>
  )
}
