import type { Scene } from "./scene.ts";
import { box, circle, ellipse, grown, intersection, polygon, stroke, union, without } from "./shape.ts";

/** Every picture of the site that no network made is one of these, drawn here by our own code. */
export const scenes = {
  boat: {
    ground: [0xbfe3f2, 0xe9f4ee],
    layers: [
      [0xf7c948, circle(0.6, -0.62, 0.18)],
      [0xd9573f, polygon([-0.08, -0.75], [-0.08, 0.22], [-0.68, 0.22])],
      [0xfdf6e8, polygon([0.04, -0.58], [0.04, 0.22], [0.6, 0.22])],
      [0x5b4030, stroke([-0.02, -0.8], [-0.02, 0.36], 0.035)],
      [0x2c4a63, polygon([-0.78, 0.32], [0.78, 0.32], [0.5, 0.66], [-0.5, 0.66])],
      [0x3d8fb5, polygon([-1.1, 0.6], [1.1, 0.6], [1.1, 1.1], [-1.1, 1.1])],
      [0x7fbfd8, box(-0.35, 0.78, 0.3, 0.025, 0.025)],
      [0x7fbfd8, box(0.45, 0.88, 0.25, 0.025, 0.025)],
    ],
  },
  house: {
    ground: [0xf6d9b8, 0xf9ecd9],
    layers: [
      [0x8aa667, ellipse(0, 1.05, 1.5, 0.55)],
      [0xb0a090, box(0.38, -0.42, 0.1, 0.24)],
      [0xf7f1e3, box(0, 0.26, 0.56, 0.44)],
      [0xb5482f, polygon([-0.76, -0.1], [0, -0.74], [0.76, -0.1])],
      [0x41607a, box(0.26, 0.2, 0.15, 0.15)],
      [0x6d4a34, box(-0.22, 0.4, 0.15, 0.3)],
    ],
  },
  tree: {
    ground: [0xdcebd0, 0xf4f1dc],
    layers: [
      [0xc9b27c, ellipse(0, 0.82, 0.9, 0.16)],
      [0x6b4a2e, box(0, 0.46, 0.1, 0.38, 0.04)],
      [0x2f6b46, circle(0, -0.28, 0.5)],
      [0x3f8556, circle(-0.34, 0, 0.34)],
      [0x3f8556, circle(0.34, 0.02, 0.34)],
      [0x57a36b, circle(-0.08, -0.4, 0.28)],
      [0xd9493f, circle(0.3, -0.18, 0.08)],
      [0xd9493f, circle(-0.34, 0.04, 0.08)],
      [0xd9493f, circle(0.04, 0.1, 0.08)],
    ],
  },
  cat: {
    ground: [0xe8d7ee, 0xf4e9f2],
    layers: [
      [0x3f3a45, polygon([-0.66, -0.74], [-0.6, 0.1], [-0.04, -0.3])],
      [0x3f3a45, polygon([0.66, -0.74], [0.6, 0.1], [0.04, -0.3])],
      [0xe79aa0, polygon([-0.56, -0.52], [-0.52, -0.2], [-0.3, -0.32])],
      [0xe79aa0, polygon([0.56, -0.52], [0.52, -0.2], [0.3, -0.32])],
      [0x3f3a45, ellipse(0, 0.16, 0.7, 0.6)],
      [0xf3d55b, ellipse(-0.3, 0.08, 0.16, 0.18)],
      [0xf3d55b, ellipse(0.3, 0.08, 0.16, 0.18)],
      [0x18151c, ellipse(-0.3, 0.08, 0.05, 0.16)],
      [0x18151c, ellipse(0.3, 0.08, 0.05, 0.16)],
      [0xe79aa0, polygon([-0.09, 0.34], [0.09, 0.34], [0, 0.45])],
    ],
  },
  fish: {
    ground: [0x1e6f8c, 0x134b66],
    layers: [
      [0xf28a2e, polygon([0.3, 0.02], [0.86, -0.42], [0.86, 0.46])],
      [0xd8691a, polygon([-0.2, -0.3], [0.3, -0.68], [0.32, -0.2])],
      [0xf7a246, ellipse(-0.14, 0.02, 0.62, 0.42)],
      [0xfff2dc, intersection(ellipse(-0.14, 0.02, 0.62, 0.42), box(-0.16, 0, 0.08, 1))],
      [0xfff2dc, intersection(ellipse(-0.14, 0.02, 0.62, 0.42), box(0.22, 0, 0.07, 1))],
      [0x1d1d24, circle(-0.48, -0.06, 0.08)],
      [0xbfe6f2, circle(-0.76, -0.5, 0.07)],
      [0xbfe6f2, circle(-0.6, -0.74, 0.1)],
    ],
  },
  cup: {
    ground: [0xf3c9c0, 0xf8e3d8],
    layers: [
      [0xd9a79a, ellipse(0, 0.7, 0.72, 0.14)],
      [0x2f7f79, without(circle(0.5, 0.14, 0.32), circle(0.5, 0.14, 0.19))],
      [0x35938c, box(-0.06, 0.18, 0.52, 0.48, 0.14)],
      [0x4a2f20, ellipse(-0.06, -0.26, 0.42, 0.09)],
      [0xfdf8f0, stroke([-0.24, -0.46], [-0.16, -0.74], 0.045)],
      [0xfdf8f0, stroke([0.06, -0.46], [0.14, -0.74], 0.045)],
      [0xf3e9d2, box(-0.06, 0.22, 0.52, 0.08)],
    ],
  },
  mushroom: {
    ground: [0x4f7a5b, 0x2f5743],
    layers: [
      [0xf2e6cf, box(0, 0.4, 0.2, 0.42, 0.12)],
      [0xcf3b36, intersection(ellipse(0, 0.06, 0.78, 0.74), polygon([-1, -1], [1, -1], [1, 0.12], [-1, 0.12]))],
      [0xfff5ea, circle(-0.36, -0.22, 0.14)],
      [0xfff5ea, circle(0.1, -0.42, 0.15)],
      [0xfff5ea, circle(0.42, -0.1, 0.12)],
      [0x23442f, ellipse(0, 0.92, 0.9, 0.14)],
    ],
  },
  rocket: {
    ground: [0x161d3f, 0x2b2a5c],
    layers: [
      [0xf6f0d2, circle(-0.7, -0.6, 0.045)],
      [0xf6f0d2, circle(0.66, -0.3, 0.045)],
      [0xf6f0d2, circle(-0.6, 0.3, 0.04)],
      [0xf6f0d2, circle(0.7, 0.62, 0.045)],
      [0xf4a12f, polygon([-0.18, 0.5], [0.18, 0.5], [0, 0.96])],
      [0xd8453d, polygon([-0.2, 0.1], [-0.5, 0.56], [-0.2, 0.5])],
      [0xd8453d, polygon([0.2, 0.1], [0.5, 0.56], [0.2, 0.5])],
      [0xe9ecf2, ellipse(0, -0.12, 0.28, 0.72)],
      [0xd8453d, intersection(ellipse(0, -0.12, 0.28, 0.72), box(0, -0.74, 1, 0.24))],
      [0x4aa3c9, circle(0, -0.14, 0.14)],
    ],
  },
  mountain: {
    ground: [0xf2a66b, 0xf8d9a6],
    layers: [
      [0xfdf0c8, circle(-0.42, -0.4, 0.26)],
      [0x6a5a83, polygon([-1.1, 0.7], [-0.2, -0.24], [0.7, 0.7])],
      [0x4c4168, polygon([-0.4, 0.8], [0.38, -0.5], [1.2, 0.8])],
      [0xfaf4f6, polygon([0.38, -0.5], [0.14, -0.1], [0.34, -0.18], [0.46, -0.06], [0.62, -0.12])],
      [0x35594e, polygon([-1.1, 0.56], [1.1, 0.66], [1.1, 1.1], [-1.1, 1.1])],
    ],
  },
  balloon: {
    ground: [0xa8d3ef, 0xe2f0f7],
    layers: [
      [0xffffff, union(circle(-0.72, 0.4, 0.14), circle(-0.52, 0.36, 0.18), circle(-0.32, 0.42, 0.12))],
      [0xffffff, union(circle(0.6, -0.5, 0.12), circle(0.78, -0.52, 0.15))],
      [0x7a5638, stroke([-0.3, 0.1], [-0.12, 0.6], 0.02)],
      [0x7a5638, stroke([0.3, 0.1], [0.12, 0.6], 0.02)],
      [0xe25247, union(circle(0, -0.26, 0.56), polygon([-0.46, 0.04], [0.46, 0.04], [0.14, 0.4], [-0.14, 0.4]))],
      [0xf7c84b, intersection(circle(0, -0.26, 0.56), ellipse(0, -0.26, 0.22, 0.7))],
      [0x8a5f3a, box(0, 0.68, 0.16, 0.13, 0.04)],
    ],
  },
  boot: {
    ground: [0xd6e6a8, 0xeaf1cf],
    layers: [
      [0x8d4a25, union(box(-0.2, -0.22, 0.3, 0.5, 0.06), grown(box(0.12, 0.4, 0.5, 0.14), 0.1))],
      [0xb26536, box(-0.2, -0.6, 0.34, 0.14, 0.05)],
      [0x2b2420, box(0.12, 0.68, 0.66, 0.09, 0.04)],
      [0xf2e3c4, stroke([-0.02, -0.18], [0.14, -0.22], 0.035)],
      [0xf2e3c4, stroke([-0.02, 0], [0.16, -0.04], 0.035)],
      [0xf2e3c4, stroke([0, 0.18], [0.2, 0.14], 0.035)],
    ],
  },
  umbrella: {
    ground: [0x7787a6, 0xaab6c9],
    layers: [
      [0xe6eef7, stroke([-0.74, -0.7], [-0.8, -0.5], 0.025)],
      [0xe6eef7, stroke([0.74, -0.66], [0.68, -0.46], 0.025)],
      [0xe6eef7, stroke([-0.6, 0.4], [-0.66, 0.6], 0.025)],
      [0xe6eef7, stroke([0.58, 0.42], [0.52, 0.62], 0.025)],
      [0x3a2c2a, stroke([0, -0.5], [0, 0.62], 0.04)],
      [0x3a2c2a, without(without(circle(0.13, 0.62, 0.17), circle(0.13, 0.62, 0.09)), box(0.13, 0.4, 0.4, 0.21))],
      [0xefc144, intersection(circle(0, 0.1, 0.76), box(0, -0.6, 1, 0.66))],
      [0xd99a2b, intersection(circle(0, 0.1, 0.76), ellipse(0, 0.1, 0.26, 0.76), box(0, -0.6, 1, 0.66))],
    ],
  },
} as const satisfies Record<string, Scene>;

export type SceneName = keyof typeof scenes;

export const sceneNames = Object.keys(scenes) as SceneName[];
