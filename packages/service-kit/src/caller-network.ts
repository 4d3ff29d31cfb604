import ipaddr from 'ipaddr.js'

/** The part of an address that identifies a caller: all of IPv4, the /64 of IPv6, as one caller has all of a /64. */
export function callerNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
