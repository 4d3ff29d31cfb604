import { join } from 'node:path'
import { rotateSecretKey } from '../files/secrets.ts'
import { takeRunLock } from '../processes/run-lock.ts'
import { repositoryRoot } from '../stack-options.ts'

/** `npm run rotate-keys`: a new key for the installation in `.hamava/`; its next start seals everything again. */
const dataDir = join(repositoryRoot, '.hamava')
const lock = takeRunLock(join(dataDir, 'supervisor.lock'))
if ('heldBy' in lock) {
  process.stderr.write(
    `Hamava is running here (process ${lock.heldBy}). Stop it, rotate, start it again.\n` +
      'Elsewhere, see "Rotating the secret key" in docs/operate.md: nothing needs to stop there.\n',
  )
  process.exit(1)
}
rotateSecretKey(dataDir)
lock.release()
process.stdout.write(
  'A new key is in place. `npm start` seals with it whatever the old one has sealed.\n',
)
