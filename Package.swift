// swift-tools-version: 6.2
import PackageDescription

/// One source target and its test target; `Tests/<name>Tests` tests `Sources/<name>`.
///
/// `testData` are folders of the test target that its tests read by their path, `testImports` what only they import.
func target(
  _ name: String, imports: [Target.Dependency] = [], resources: [Resource] = [], exclude: [String] = [],
  testData: [String] = [], testImports: [Target.Dependency] = [], linking: [LinkerSetting] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: imports, exclude: exclude, resources: resources, linkerSettings: linking),
    .testTarget(
      name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + imports + testImports,
      exclude: testData, swiftSettings: testSettings),
  ]
}

/// Tests are compiled in half the time without optimization, and what they test is optimized.
let testSettings: [SwiftSetting] = [.unsafeFlags(["-Onone"], .when(configuration: .release))]

// Linux has the headers where every compiler looks; what pkg-config adds to that, SwiftPM refuses with a warning.
#if os(macOS)
  let ncursesConfig: String? = "ncursesw"
#else
  let ncursesConfig: String? = nil
#endif

let ncursesLibraries: [LinkerSetting] = [
  .linkedLibrary("ncursesw"), .linkedLibrary("tinfo", .when(platforms: [.linux])),
]

let systemLibraries: [Target] = [
  .systemLibrary(
    name: "CNCurses", pkgConfig: ncursesConfig,
    providers: [.apt(["libncurses-dev"]), .yum(["ncurses-devel"]), .brew(["ncurses"])]),
  .systemLibrary(
    name: "CZlib", pkgConfig: "zlib",
    providers: [.apt(["zlib1g-dev"]), .yum(["zlib-devel"]), .brew(["zlib"])]),
  .target(name: "CTerminalGuard"),
  // A debug build computes with optimized kernels too: without, they take 60 times as long.
  .target(
    name: "CKernels", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
]

let digits: [Resource] = [
  "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
  "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz",
].map { .embedInCode("Digits/\($0)") }

let peers: [Resource] = ["peer.py", "pytorch_peer.py", "numpy_peer.py"].map { .embedInCode("Peers/\($0)") }

let lessons: [Resource] = ["tables", "glossary", "questions", "course"].flatMap { kind in
  ["en", "es"].map { .embedInCode("Content/\(kind).\($0).json") }
}

let probe: [Resource] =
  [.embedInCode("Probe/start.py"), .embedInCode("Probe/site/sitecustomize.py")]
  + [
    "__init__", "answers", "autograd_hooks", "backward", "batch_facts", "breakpoints", "calls", "cells",
    "code_names", "commands", "compiled", "cuts", "deck", "devices", "epochs", "errands", "evaluation",
    "evaluations", "facts", "failure", "figures", "final_state", "frames", "gate", "graph", "history",
    "importing", "launch", "loop", "measures", "misuses", "mode", "mode_calls", "models", "module_calls",
    "moments", "nan_watch", "operators", "output_marks", "own", "patches", "places", "ranks", "reach",
    "restored", "run_facts", "scalars", "schedules", "session", "silence", "step_facts", "step_times",
    "stops", "tally", "tensors", "timeouts", "tracebacks", "trainers", "trials", "turns", "units",
    "updates", "watch", "whole", "wire",
  ].map { .embedInCode("Probe/tapedeck_probe/\($0).py") }

let testedTargets: [Target] = [
  target("Localization", resources: [.embedInCode("es.json")]),
  target("Arrays", imports: ["Localization"]),
  target("Numbers"),
  target("SystemCalls"),
  target("Autograd", imports: ["Localization", "Arrays", "CKernels"]),
  target("NN", imports: ["Localization", "Autograd", "Numbers", "CKernels"]),
  target("Bridge", imports: ["Localization", "Arrays", "Autograd", "NN"]),
  target(
    "Datasets", imports: ["Localization", "Arrays", "Autograd", "SystemCalls", "CKernels", "CZlib"],
    resources: digits),
  target("Trace", imports: ["Arrays", "Localization", "Numbers", "CKernels"]),
  target(
    "Configuration",
    imports: ["Localization", "Trace", .product(name: "TOMLKit", package: "TOMLKit")]),
  target("Diagnosis", imports: ["Localization", "Numbers", "Trace"]),
  target("Lessons", imports: ["Localization", "Numbers", "Trace"], resources: lessons),
  target(
    "Training",
    imports: [
      "Arrays", "Localization", "Numbers", "Autograd", "NN", "Bridge", "Datasets", "Trace", "Diagnosis",
      "CKernels",
    ]),
  target(
    "Recording",
    imports: [
      "Arrays", "Localization", "SystemCalls", "Trace", "CZlib",
      .product(name: "GRDB", package: "GRDB.swift"),
      .product(name: "GRDBSQLite", package: "GRDB.swift"),
    ], testData: ["Foreign"]),
  target(
    "PyTorch", imports: ["Arrays", "Localization", "Numbers", "SystemCalls", "Trace", "Diagnosis"],
    resources: probe,
    exclude: ["Protocol.md"], testData: ["Scripts", "Faulty", "host.py", "nursery.py", "probe_tests.py"]),
  target("TerminalUI", imports: ["Localization", "Numbers"]),
  target(
    "Export",
    imports: [
      "Arrays", "Localization", "Numbers", "Trace", "Datasets", "TerminalUI",
      .product(name: "SwiftProtobuf", package: "swift-protobuf"),
    ],
    exclude: ["TensorBoard/tensorboard_event.proto"]),
  target(
    "DebuggerUI", imports: ["Localization", "Numbers", "Lessons", "TerminalUI", "Trace", "Diagnosis"],
    testData: ["Golden"]
  ),
  target(
    "NCursesTerminal", imports: ["Localization", "SystemCalls", "TerminalUI", "CNCurses", "CTerminalGuard"],
    linking: ncursesLibraries),
  target(
    "TapedeckKit",
    imports: [
      "Arrays", "Localization", "Numbers", "Autograd", "NN", "Bridge", "Datasets", "Trace", "Lessons",
      "Diagnosis", "Training", "Recording", "Export", "PyTorch", "Configuration",
      "TerminalUI", "DebuggerUI", "NCursesTerminal", "CTerminalGuard",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ], testImports: [.product(name: "GRDB", package: "GRDB.swift")]),
  target(
    "Benchmarks",
    imports: [
      "Localization", "Numbers", "Autograd", "NN", "Datasets", "Trace", "Training", "Recording", "TerminalUI",
      "DebuggerUI",
      "TapedeckKit",
    ], resources: peers),
].flatMap { $0 }

let program: [Target] = [
  .executableTarget(
    name: "tapedeck",
    dependencies: [
      "Localization", "Lessons", "TapedeckKit", "Benchmarks",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
  .testTarget(name: "ProgramTests", dependencies: ["tapedeck", "TestSupport"]),
  .testTarget(
    name: "FaultyRunTests",
    dependencies: [
      "Autograd", "NN", "Datasets", "Trace", "Diagnosis", "Training", "Recording", "DebuggerUI",
      "TerminalUI", "TapedeckKit", "TestSupport",
    ]),
]

let support = Target.target(name: "TestSupport", dependencies: ["Autograd", "NN"], path: "Tests/TestSupport")

/// What Tests/sanitize builds: the suites that it runs, and what they need.
let sanitized: [Target] =
  systemLibraries
  + testedTargets.filter { target in
    let suites = ["AutogradTests", "RecordingTests", "TrainingTests"]
    let screens = [
      "Configuration", "Lessons", "PyTorch", "TerminalUI", "Export", "DebuggerUI", "NCursesTerminal",
    ]
    return target.isTest
      ? suites.contains(target.name) : !(screens + ["TapedeckKit", "Benchmarks"]).contains(target.name)
  } + [support]
let isSanitized = Context.environment["TAPEDECK_SANITIZED"] != nil

let package = Package(
  name: "Tapedeck",
  platforms: [.macOS(.v15)],
  products: isSanitized
    ? []
    : [
      .executable(name: "tapedeck", targets: ["tapedeck"]),
      .library(name: "TapedeckKit", targets: ["TapedeckKit"]),
    ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: isSanitized ? sanitized : systemLibraries + testedTargets + program + [support],
  swiftLanguageModes: [.v6]
)
