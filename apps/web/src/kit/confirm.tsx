import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog, DialogActions } from './dialog.tsx'
import { ErrorMessage } from './error-message.tsx'

interface ConfirmProps {
  title: string
  /** What it means. */
  children: ReactNode
  /** What the button that does it says. */
  verb: string
  action: { isPending: boolean; error: unknown }
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that cannot be undone. */
export function Confirm({ title, children, verb, action, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog role="alertdialog" title={title} isOpen onClose={onClose}>
      <p>{children}</p>
      <ErrorMessage error={action.error} />
      <DialogActions onCancel={onClose}>
        <Button look="danger" isPending={action.isPending} onPress={onConfirm}>
          {verb}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
