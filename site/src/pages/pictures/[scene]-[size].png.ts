import { png } from "../../picture/png.ts";
import { draw } from "../../picture/scene.ts";
import { type SceneName, sceneNames, scenes } from "../../picture/scenes.ts";
import { SIZE as LARGE } from "../../widgets/adding_noise/state.ts";
import { SIZE as SMALL } from "../../widgets/hero/state.ts";

export function getStaticPaths() {
  return sceneNames.flatMap((scene) => [SMALL, LARGE].map((size) => ({ params: { scene, size: String(size) } })));
}

type Asked = { readonly params: { readonly scene: SceneName; readonly size: string } };

export function GET({ params: { scene, size } }: Asked): Response {
  return new Response(png(draw(scenes[scene], Number(size))).slice(), { headers: { "content-type": "image/png" } });
}
