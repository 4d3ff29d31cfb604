import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components'
import { Button } from '../../../kit/button.tsx'
import { Segments } from '../../../kit/choice.tsx'
import { Dialog, DialogActions } from '../../../kit/dialog.tsx'
import { ErrorMessage } from '../../../kit/error-message.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import { asUse, type Use } from '../draft/draft.ts'
import { upload } from './upload.ts'
import { UploadRow } from './upload-row.tsx'

const ratios = { '1:1': 1, '4:5': 4 / 5, '16:9': 16 / 9, '3:1': 3 }
type Ratio = keyof typeof ratios

interface CropDialogProps {
  /** The URL of the whole picture. */
  source: string
  fileName: string
  onClose: () => void
  onCropped: (use: Use) => void
}

/** Cuts a picture to a shape that networks like; the original stays in the library. */
export default function CropDialog({ source, fileName, onClose, onCropped }: CropDialogProps) {
  const { t } = useLanguage()
  const [ratio, setRatio] = useState<Ratio>('1:1')
  const [at, setAt] = useState(0.5)
  const [picture, setPicture] = useState<HTMLImageElement | null>(null)
  const [share, setShare] = useState(0)
  const canvas = useRef<HTMLCanvasElement>(null)
  const stop = useRef(new AbortController())
  useEffect(() => () => stop.current.abort(), [])
  useEffect(() => {
    const image = new Image()
    image.onload = () => setPicture(image)
    image.src = source
  }, [source])
  useEffect(() => {
    if (!picture || !canvas.current) return
    // Pictures begin at the left in every language; sliders do not.
    const isMirrored = document.documentElement.dir === 'rtl' && isCutAside(picture, ratios[ratio])
    draw(canvas.current, picture, ratios[ratio], isMirrored ? 1 - at : at)
  }, [picture, ratio, at])
  const save = useMutation({
    mutationFn: async () => {
      const file = await fileOf(canvas.current, fileName)
      stop.current = new AbortController()
      return upload(file, setShare, stop.current.signal)
    },
    onSuccess: (made) => {
      onCropped(asUse(made))
      onClose()
    },
  })
  return (
    <Dialog title={t('compose.crop')} isOpen onClose={onClose}>
      <Segments
        label={t('compose.crop')}
        isLabelHidden
        value={ratio}
        onChange={setRatio}
        options={(Object.keys(ratios) as Ratio[]).map((id) => ({ id, label: `\u2068${id}\u2069` }))}
      />
      <canvas ref={canvas} className="max-h-72 w-full rounded-control bg-sunken object-contain" />
      <Slider
        aria-label={t('compose.crop')}
        minValue={0}
        maxValue={1}
        step={0.01}
        value={at}
        onChange={(next) => setAt(next as number)}
      >
        <SliderTrack className="relative h-8 w-full before:absolute before:inset-x-0 before:top-1/2 before:h-1 before:rounded-full before:bg-line">
          <SliderThumb className="top-1/2 size-6 rounded-full bg-accent" />
        </SliderTrack>
      </Slider>
      {save.isPending && (
        <UploadRow name={fileName} share={share} onCancel={() => stop.current.abort()} />
      )}
      <ErrorMessage error={stop.current.signal.aborted ? null : save.error} />
      <DialogActions onCancel={onClose}>
        <Button
          look="primary"
          isDisabled={!picture}
          isPending={save.isPending}
          onPress={() => save.mutate()}
        >
          {t('compose.crop')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Whether something is cut off at the sides, and not above and below. */
const isCutAside = ({ naturalWidth, naturalHeight }: HTMLImageElement, ratio: number) =>
  naturalWidth > naturalHeight * ratio

/** The largest part of the picture with this shape; `at` says which, from its beginning (0) to its end (1). */
function draw(canvas: HTMLCanvasElement, picture: HTMLImageElement, ratio: number, at: number) {
  const { naturalWidth, naturalHeight } = picture
  const width = Math.min(naturalWidth, Math.round(naturalHeight * ratio))
  const height = Math.min(naturalHeight, Math.round(naturalWidth / ratio))
  Object.assign(canvas, { width, height })
  const left = (naturalWidth - width) * at
  const top = (naturalHeight - height) * at
  canvas.getContext('2d')?.drawImage(picture, left, top, width, height, 0, 0, width, height)
}

function fileOf(canvas: HTMLCanvasElement | null, fileName: string): Promise<File> {
  const isPng = fileName.toLowerCase().endsWith('.png')
  const type = isPng ? 'image/png' : 'image/jpeg'
  return new Promise((resolve, reject) => {
    if (!canvas) return reject(new Error('there is nothing to cut'))
    const done = (blob: Blob | null) =>
      blob ? resolve(new File([blob], fileName, { type })) : reject(new Error('cannot be cut'))
    canvas.toBlob(done, type, 0.92)
  })
}
