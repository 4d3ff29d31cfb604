/**
 * Orders holds and intents: intents share this lock, placing a hold takes it exclusively. So a hold sees every
 * intent committed before it, and every later intent sees the hold.
 */
const holdLock = `hashtextextended('hamava publishing fence', 0)`
export const shareHoldLock = `pg_advisory_xact_lock_shared(${holdLock})`
export const takeHoldLock = `pg_advisory_xact_lock(${holdLock})`
