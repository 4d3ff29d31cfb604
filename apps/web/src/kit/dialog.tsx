import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useLanguage } from '../language/use-language.tsx'
import { Button } from './button.tsx'

interface DialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  /** `alertdialog` where a decision is asked for. */
  role?: 'dialog' | 'alertdialog'
  size?: 'small' | 'wide'
  /** Closed by its own buttons alone, as what it shows is shown once. */
  isLocked?: boolean
}

/** A window over the page; Escape and a press outside leave it. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  role = 'dialog',
  size = 'small',
  isLocked = false,
}: DialogProps) {
  const { t } = useLanguage()
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isLocked}
      isKeyboardDismissDisabled={isLocked}
      className="fixed inset-0 z-40 flex items-end justify-center bg-shade sm:items-center sm:p-4"
    >
      <Modal
        className={`max-h-[92dvh] w-full overflow-auto rounded-t-card bg-raised shadow-overlay sm:rounded-card
          ${size === 'wide' ? 'sm:max-w-3xl' : 'sm:max-w-lg'}`}
      >
        <AriaDialog role={role} className="flex flex-col gap-4 p-5 outline-none">
          <div className="flex items-center justify-between gap-4">
            <Heading slot="title" className="text-lg">
              {title}
            </Heading>
            {!isLocked && (
              <Button look="quiet" size="icon" aria-label={t('app.close')} onPress={onClose}>
                <X aria-hidden className="size-5" />
              </Button>
            )}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** What a window asks for, at its end: the way back first. */
export function DialogActions({
  onCancel,
  children,
}: {
  onCancel: () => void
  children: ReactNode
}) {
  const { t } = useLanguage()
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button onPress={onCancel}>{t('app.cancel')}</Button>
      {children}
    </div>
  )
}
