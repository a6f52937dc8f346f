import { words } from "./language.ts";

/** The words of the home page. */
export const home = words({
  en: {
    title: "Unnoise – how pictures come out of noise",
    heading: "How pictures come out of noise",
    lead:
      "Stable Diffusion and its relatives never draw. They start from pure noise and take it away, a little at a time. Drag the slider to see the whole idea.",
    ideaTitle: "The idea in three sentences",
    idea1: "Adding noise to a picture is easy: it is one line of arithmetic, and every step of it is known.",
    idea2:
      "Taking noise away is a guess: many pictures could hide behind the same noise, so a denoiser answers with its best bet.",
    idea3:
      "Guess, move a small step towards the guess, guess again. After enough steps there is a picture, and nobody chose it but the noise.",
    honestTitle: "What you just moved",
    honest:
      "The figure above holds no network. With only twelve pictures to know, the best possible denoiser is a formula, and your browser works it out in milliseconds. That is also its limit: it can only give back what it knows. A network that has seen sixty thousand pictures makes new ones; it runs in the last lesson.",
    lessonsTitle: "The lessons",
    for: "For anyone who can read a little code. No calculus until a formula asks for it.",
    samplersTitle: "For those who program",
    samplers:
      "The lessons run on a library that you can use yourself. It holds every sampler that people name, exact to its original, with its formula, its cost and its measured order.",
    samplersLink: "See the samplers",
  },
  zh: {
    title: "Unnoise：图像如何从噪声中浮现",
    heading: "图像如何从噪声中浮现",
    lead: "Stable Diffusion 这一类模型从不“作画”。它们从纯噪声出发，一点一点把噪声拿走。拖动滑杆，就能看到全部思想。",
    ideaTitle: "三句话讲清楚",
    idea1: "给图片加噪很容易：只是一行算术，每一步都完全已知。",
    idea2: "去噪却只能猜：同一片噪声背后可能藏着许多图片，去噪器给出的是它最有把握的答案。",
    idea3: "猜一次，朝猜测迈一小步，再猜一次。步数够了，图片就出现了，而选中它的只有噪声。",
    honestTitle: "你刚才拖动的是什么",
    honest:
      "上面这幅图里没有神经网络。只认识十二幅图时，最好的去噪器就是一个公式，浏览器几毫秒就能算完。这也是它的局限：只能交还它认识的图。见过六万幅图片的网络则能画出新的图，它在最后一课里运行。",
    lessonsTitle: "课程",
    for: "只要能读一点代码就能看懂。公式出现之前，不需要微积分。",
    samplersTitle: "写程序的人请看",
    samplers: "课程背后的库你也可以直接用。人们常说的采样器它都有，数值与原实现一致，并附公式、代价和实测精度阶。",
    samplersLink: "查看采样器",
  },
});
