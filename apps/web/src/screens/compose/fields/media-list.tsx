import { useQuery } from '@tanstack/react-query'
import { Crop, ImagePlus, X } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Input, TextField } from 'react-aria-components'
import { asset } from '../../../api/queries.ts'
import { Button } from '../../../kit/button.tsx'
import { inputClass } from '../../../kit/field.tsx'
import { FileDrop } from '../../../kit/file-drop.tsx'
import { lazyWithRetry } from '../../../kit/lazy-with-retry.ts'
import { useLanguage } from '../../../language/use-language.tsx'
import type { Use } from '../draft/draft.ts'
import { AssetPicture } from './asset-picture.tsx'
import { UploadRow } from './upload-row.tsx'
import type { Upload } from './use-uploads.ts'

const CropDialog = lazyWithRetry(() => import('./crop-dialog.tsx'))

const types = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'video/mp4']

/** The server's limit; longer texts are counted and reported, and never cut. */
const longestAlt = 2_000

interface MediaListProps {
  /** Where findings about the files lead to. */
  place: string
  uses: Use[]
  /** Gets the current list as an argument, as uploads end while others go on. */
  onChange: (change: (uses: Use[]) => Use[]) => void
  uploads: readonly Upload[]
  onCancel: (key: string) => void
  onFiles: (files: Iterable<File>) => void
}

/** The media of a part: added by drag, paste or choice, each with its alternative text in view. */
export function MediaList({ place, uses, onChange, uploads, onCancel, onFiles }: MediaListProps) {
  const { t } = useLanguage()
  return (
    <FileDrop
      types={types}
      onFiles={onFiles}
      hint={t('compose.dropImage')}
      action={
        <>
          <ImagePlus aria-hidden className="size-4" />
          {t('compose.addImage')}
        </>
      }
    >
      {uses.map((use, at) => (
        <UseRow
          key={use.id}
          place={`${place}/${at}`}
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
        <UploadRow
          key={one.key}
          name={one.name}
          share={one.share}
          onCancel={() => onCancel(one.key)}
        />
      ))}
    </FileDrop>
  )
}

interface UseRowProps {
  place: string
  use: Use
  onAlt: (alt: string) => void
  onReplace: (use: Use) => void
  onRemove: () => void
}

function UseRow({ place, use, onAlt, onReplace, onRemove }: UseRowProps) {
  const { t, show } = useLanguage()
  const tooMany = use.alt.length - longestAlt
  const [isCropping, setCropping] = useState(false)
  const { data } = useQuery(asset(use.id))
  const name = use.fileName || data?.fileName || use.id
  const source = `/v1/assets/${use.id}/content`
  return (
    <div id={place} tabIndex={-1} className="flex items-start gap-3">
      <AssetPicture id={use.id} alt="" className="size-20 rounded-control object-cover" />
      <div className="flex min-w-0 grow flex-col gap-1">
        <TextField aria-label={`${t('compose.alt')}: ${name}`} value={use.alt} onChange={onAlt}>
          <Input
            id={`${place}/alt`}
            dir="auto"
            placeholder={t('compose.altHint')}
            className={inputClass}
          />
        </TextField>
        {use.alt.trim() === '' && (
          <span className="text-xs text-warn">{t('compose.altMissing')}</span>
        )}
        {tooMany > 0 && (
          <span className="text-xs text-bad">
            {t('compose.over', { number: show.number(tooMany) })}
          </span>
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
