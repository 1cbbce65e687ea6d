import { hub, pointAt, promiseAngle } from "./geometry";
import type { WheelSpoke } from "./wheel-view";

/** What a department owes the customer, docked on the hub where its spoke meets it: open hollow, kept filled, late a diamond. */
export function HubPromises({ spoke, angle, side }: { spoke: WheelSpoke; angle: number; side: 1 | -1 }) {
  const shown = spoke.promises.slice(0, 5);
  return shown.map(({ id, state }, index) => {
    const { x, y } = pointAt(hub, promiseAngle(angle, index, shown.length), side);
    if (state === "late")
      return (
        <path
          key={id}
          d={`M${x.toFixed(1)} ${(y - 6.4).toFixed(1)}l6.4 6.4-6.4 6.4-6.4-6.4z`}
          className="fill-bad stroke-sheet"
          strokeWidth="1.5"
        />
      );
    return (
      <circle
        key={id}
        cx={x.toFixed(1)}
        cy={y.toFixed(1)}
        r="5"
        strokeWidth={state === "kept" ? 1.5 : 1.8}
        className={state === "kept" ? "fill-ink-1 stroke-sheet" : "fill-float stroke-ink-1"}
      />
    );
  });
}
