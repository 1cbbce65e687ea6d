/** Up to here every coalition is worth computing; beyond it Johnson's weights stand in (DOMAIN F38). */
export const maximumPlayers = 10;

/**
 * Splits the worth of all players fairly: each gets its average addition over every order of joining (DOMAIN F38).
 *
 * `worth` is asked once for each coalition, a bit mask of players, the empty one among them. The parts sum to
 * worth(all) - worth(none). Throws RangeError beyond 10 players.
 */
export function shapley(players: number, worth: (coalition: number) => number): number[] {
  if (!(players >= 0 && players <= maximumPlayers)) throw new RangeError(`Not for ${players} players.`);
  const coalitions = 2 ** players;
  const worths = Float64Array.from({ length: coalitions }, (_, coalition) => worth(coalition));
  const orders = orderShares(players);
  return Array.from({ length: players }, (_, player) => {
    const bit = 1 << player;
    let part = 0;
    for (let coalition = 0; coalition < coalitions; coalition += 1) {
      if (coalition & bit) continue;
      const addition = (worths[coalition | bit] ?? 0) - (worths[coalition] ?? 0);
      part += (orders[sizeOf(coalition)] ?? 0) * addition;
    }
    return part;
  });
}

/** For each size of coalition, the share of all orders in which exactly it has joined before a given player. */
function orderShares(players: number): number[] {
  const shares: number[] = [];
  let choices = 1;
  for (let size = 0; size < players; size += 1) {
    shares.push(1 / (players * choices));
    choices = (choices * (players - 1 - size)) / (size + 1);
  }
  return shares;
}

function sizeOf(coalition: number): number {
  let size = 0;
  for (let left = coalition; left > 0; left &= left - 1) size += 1;
  return size;
}
