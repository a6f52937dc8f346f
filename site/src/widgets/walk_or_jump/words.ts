import { words } from "../../language/language.ts";

export const walkOrJump = words({
  en: {
    title: "Walk or jump?",
    slider: "Steps",
    shown: "{n} of {count}",
    spoken: "{n} steps of {count}, signal {signal} %",
    walk: "Walk {n} steps",
    walking: "step {step} of {n}",
    walked: "walked: {n} additions",
    jump: "Jump",
    jumped: "jumped: 1 addition",
    walkPicture: "The picture after walking",
    jumpPicture: "The picture after one jump",
    histogram: "Histograms of the pixel values: after walking as an outline, after the jump as a filled area",
    figures: "walk: mean {walkMean}, spread {walkSpread} · jump: mean {jumpMean}, spread {jumpSpread}",
    axis: "pixel value",
    walkKey: "walk",
    jumpKey: "jump",
    caption:
      "The grains differ, because the random numbers differ. Their statistics do not: the two histograms lie on each other.",
  },
  zh: {
    title: "走过去，还是跳过去？",
    slider: "步数",
    shown: "{n} / {count}",
    spoken: "{n} 步，共 {count} 步，信号占 {signal}%",
    walk: "走 {n} 步",
    walking: "第 {step} 步，共 {n} 步",
    walked: "走：加了 {n} 次噪声",
    jump: "一步跳到",
    jumped: "跳：只加了 1 次噪声",
    walkPicture: "逐步走到的图片",
    jumpPicture: "一步跳到的图片",
    histogram: "像素值直方图：轮廓线是走出来的，填充区是跳出来的",
    figures: "走：均值 {walkMean}，标准差 {walkSpread} · 跳：均值 {jumpMean}，标准差 {jumpSpread}",
    axis: "像素值",
    walkKey: "走",
    jumpKey: "跳",
    caption: "颗粒不同，因为随机数不同；统计规律却一样：两个直方图重合在一起。",
  },
});

export type WalkOrJumpWord = keyof typeof walkOrJump.en;
