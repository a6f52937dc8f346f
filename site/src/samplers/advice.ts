import type { Row } from "@unnoise/lib";
import type { Language } from "../language/language.ts";

/** When to use a sampler. The catalogue itself speaks English. */
export function adviceOf({ name, page }: Row, language: Language): string {
  return language === "en" ? page.advice : chinese[name] ?? page.advice;
}

/** Why something is not here. */
export function reasonFor(name: string, why: string, language: Language): string {
  return language === "en" ? why : reasons[name] ?? why;
}

/** The advice of each row, in Chinese. A test says which are missing. */
export const chinese: Readonly<Record<string, string>> = {
  consistency: "用于一致性模型：一步即可；要更好的图片，用两步，在 40 个时间中取第 18 与第 0 个。",
  cogvideox_ddim: "用于 CogVideoX 的 2B 模型：50 步，trailing 间隔，预测 v。",
  cogvideox_dpm: "用于 CogVideoX 的 5B 模型：50 步，trailing 间隔，预测 v。",
  cosine_dpm_multistep: "用于 Stable Audio，100 步；给它布朗噪声，这样增加步数只会让同一段声音更精细。",
  ddim: "朴素之选：η = 0 时是确定性的、可逆的，也是衡量其他采样器的标尺。",
  ddim_inverse: "用来编辑真实图片：先用很多步找到它的噪声，再换一个提示词走回来。",
  ddim_parallel: "适合能一次询问整个过程的机器：先猜出全程，再反复走完每一步，直到结果不再变化。",
  ddpm: "需要很多步，忠实地逆转训练过程；不足一百步时请换别的采样器。",
  ddpm_parallel: "适合能一次询问整个过程的机器：先猜出全程，再反复走完每一步，直到结果不再变化。",
  ddpm_wuerstchen: "用于 Würstchen 和 Stable Cascade 的先验与解码器，时间从 1 走到 0；前者 20 步，后者 10 步就够。",
  deis: "十步左右、引导不强时使用。",
  dpm_fast: "它的步数按询问次数计算，结束时留下的噪声最少；如今已有更好的选择。",
  dpm_multistep: "15 到 30 步时公认的最佳选择；25 步以上想要更多细节，用 `sde-dpmsolver++`。",
  dpm_multistep_inverse: "用来找出一张图片来自怎样的噪声；再换一个提示词，用 DPM-Solver++ multistep 走回来。",
  dpm_sde: "配合 Karras 间隔，10 到 20 步就有丰富的细节；设了 `noise_sampler_seed`，噪声就是一条布朗路径。",
  dpm_singlestep: "每两三步一段，段与段之间不带历史；用于不加引导的模型，在那里更稳。",
  dpmpp_2m: "潜空间模型 20 到 30 步的首选，配合 Karras 的 σ；eta 取 1 就是 DPM++ 2M SDE。",
  dpmpp_2s_ancestral: "二阶的一步，带祖先采样的质感：步数比 Euler ancestral 少，每步更贵。",
  dpmpp_3m_sde: "引导很强时依然平稳；需要 30 步以上和指数间隔的 σ。",
  dpmpp_sde: "十到十五步就有好图片，每步询问两次；请给它布朗噪声。",
  edm_dpm_multistep: "用于 EDM 的网络，例如 Playground v2.5；20 步就够。",
  edm_euler: "EDM 网络的朴素之选；DPM-Solver++ 只需一半步数。",
  euler_ancestral: "图片更有生气，但永远不会收敛：换一个步数就是另一张图。20 到 40 步。",
  euler: "又快又朴素；20 到 30 步，适合对任何模型先看一眼。",
  exp_heun_2_x0: "同 Heun 一样每步问两次，但指数步的误差更小；eta 取 1 就是它的随机版本。",
  flow_map_euler: "用于同时被告知一步两端的网络：步数任意，一步也行。",
  flow_match_euler: "用于 Stable Diffusion 3、Flux 等模型：20 到 30 步；为快而蒸馏的网络只要四步。",
  flow_match_heun: "欧拉法要二十多步的地方，它只要十步；最后一步只询问一次。",
  flow_match_lcm: "用于经过蒸馏、能直接看到终点的流模型：二到八步。",
  heun: "每步问两次，步数少；配合 Karras 间隔，15 到 20 步是衡量质量的标尺。",
  ipndm: "用于声音模型以及时间从 1 走到 0 的网络；开头不需要额外询问。",
  k_dpm_2: "在 ln σ 上的中点法；eta 取 1 就是 DPM2 a。DPM++ 2M 以一半代价达到同样精度。",
  er_sde: "后期加噪很少的随机方程：十来步就有质感。",
  k_euler: "欧拉法，还可以在询问之前（s_churn）或之后（eta 取 1 即祖先采样）加噪声：质感丰富。",
  gradient_estimation: "十步以内，同样的代价比欧拉法更锐利。",
  k_heun: "Karras 本人的采样器，每步之前可加噪声；步数少，每步代价加倍。",
  k_ipndm: "把不均匀的步当作均匀的来走；LMS 与它相同，但权重按实际步长计算。",
  kdpm2_ancestral: "更好的求解器加上祖先噪声：20 到 30 步就有细节，代价是 Euler ancestral 的两倍。",
  kdpm2: "类似 Heun，但第二次询问在中点：步子大时更稳。",
  lcm: "用于以它蒸馏的网络，包括 LCM-LoRA：四到八步，引导强度 1 到 2。",
  lms: "每步只问一次却有高阶精度；请给它 30 步以上，步数少了会冲过头。",
  ltx_euler_ancestral: "用于 LTX-Video：与 Euler ancestral 一样，新噪声能弥补差错，代价是更多步数。",
  minimax_h3: "用于 MiniMax-H3 的流模型：用法与流匹配的欧拉法相同。",
  pndm: "Stable Diffusion 最初的选择（那里不用龙格–库塔起步）：30 到 50 步，图片平滑。",
  repaint: "用从未为此训练过的网络做局部重绘；加上回跳，询问次数接近普通采样的十倍。",
  res_2s: "步数必须很少时，两阶段方法中最精确的一个。",
  sa_solver: "20 步以上使用，沿途抽取的噪声能修正误差；若不另行指定，τ 在时间 200 到 800 之间为 1。",
  scm: "用于 SANA-Sprint 等 sCM 模型：一步，或两步。",
  score_sde_ve: "用于 NCSN++ 等分数模型，需要上千步；别的采样器都用不了这么多。",
  score_sde_vp: "用于论文中那样以连续时间训练的分数模型；DPM-Solver 所需步数少得多。",
  seeds_2: "类似 DPM++ SDE，但两个阶段共用噪声，所以不需要布朗路径。",
  seeds_3: "这里最精确的随机步，每步问三次；适合步数少、质感细的场合。",
  tcd: "用于以它蒸馏的网络：四步；步数更多、γ（`eta`）更大时细节更多。",
  unclip: "用于 Karlo 的网络；对其他网络，用 linspace 间隔的 DDPM 效果相同。",
  unipc: "8 到 15 步是它的主场；不多花一次询问，就提高一阶。",
};

/** Why what is not here is not, in Chinese. */
export const reasons: Readonly<Record<string, string>> = {
  AmusedScheduler: "它揭开的是码本中的词元，没有噪声可去。",
  BlockRefinementScheduler: "它生成文字，按概率确定一块词元。",
  ConsistencyDecoderScheduler: "它是 DALL·E 3 解码器的一部分：只有自己的表中两个固定时间，别无他用。",
  DiscreteDDIMScheduler: "它是词元上的后验，不是数值上的。",
  EntropyBoundScheduler: "它生成文字，按概率的熵接受词元。",
  HeliosDMDScheduler: "它的一步需要 Helios 流水线专有的噪声、σ 表和时间表。",
  HeliosScheduler:
    "它走的是 Helios 金字塔的各级，每级的 σ 表由其流水线选定；它的求解器（流上的欧拉法和 UniPC）这里都有。",
  KarrasVeScheduler: "它已被弃用，以 σ 代替时间，询问次序也不固定；带 churn 的 Heun 是同一个采样器。",
  PiflowScheduler: "它的网络一次输出整个策略，即多个速度，只有 pi-Flow 模型如此。",
  RFD4ProteinaScheduler: "它移动的是 RFdiffusion 蛋白质的原子，每步都需要掩码，与图片无关。",
  VQDiffusionScheduler: "它是码本词元上的后验，不是数值上的。",
  dpm_adaptive: "它按需要决定询问多少次，任何调度器的时间表都表达不了；请用 sample() 驱动采样器 dpmAdaptive。",
  restart: "它会在中途退回到更多噪声；请用带 s_churn 的 Heun。",
  heunpp2: "它的权重没有出现在任何论文中；请用 Heun。",
  sa_solver_pece: "它每修正一步都要再问一次；请用 sa_solver。",
};
