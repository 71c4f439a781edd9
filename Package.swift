// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency =
  .product(name: "ArgumentParser", package: "swift-argument-parser")

/// The scenarios that the program brings along, in the order of its list.
let demoNames = [
  "first-bubble", "one-for-one", "rest-for-one", "one-for-all", "dynamic", "escalation", "philly",
  "shutdown", "state-machine", "event-manager", "elixir", "applications", "upgrade",
  "inspection", "shop", "swarm", "two-kings", "one-cable", "lost-letter", "group", "minority",
]

let package = Package(
  name: "bubble-machine",
  products: [
    .executable(name: "bubbles", targets: ["bubbles"]),
    .executable(name: "bubbles-live", targets: ["bubbles-live"]),
    .library(name: "BubbleNet", targets: ["BubbleNet"]),
    .library(
      name: "BubbleMachine",
      targets: [
        "BubbleEvents", "BubbleKernel", "BubbleSimulation", "BubbleRealTime", "BubbleOTP",
        "BubbleLogging", "BubbleScenarios", "BubbleSession",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Values in boxes.
    .target(name: "BubbleCopyOnWrite", swiftSettings: settings),

    // The wall.
    .target(name: "BubbleEvents", swiftSettings: settings),

    // What a script says, for what reads it and for what presents it.
    .target(name: "BubbleScripts", dependencies: ["BubbleEvents"], swiftSettings: settings),

    // Words and text from outside.
    .target(name: "BubbleText", swiftSettings: settings),

    // Files of Erlang terms.
    .target(
      name: "BubbleReleaseFiles", dependencies: ["BubbleEvents", "BubbleText"],
      swiftSettings: settings),

    // The runtime.
    .target(
      name: "BubbleKernel",
      dependencies: [
        "BubbleEvents",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ],
      swiftSettings: settings),
    .target(
      name: "BubbleSimulation", dependencies: ["BubbleEvents", "BubbleKernel"],
      swiftSettings: settings),
    .target(
      name: "BubbleRealTime", dependencies: ["BubbleEvents", "BubbleKernel"],
      swiftSettings: settings),
    .target(
      name: "BubbleOTP", dependencies: ["BubbleEvents", "BubbleKernel", "BubbleReleaseFiles"],
      swiftSettings: settings),
    .target(
      name: "BubbleNet",
      dependencies: [
        "BubbleEvents", "BubbleKernel", "BubbleOTP", "BubbleRealTime",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: settings),
    .target(
      name: "BubbleLogging",
      dependencies: ["BubbleEvents", .product(name: "Logging", package: "swift-log")],
      swiftSettings: settings),
    .target(
      name: "BubbleScenarios",
      dependencies: [
        "BubbleCopyOnWrite", "BubbleEvents", "BubbleKernel", "BubbleOTP", "BubbleReleaseFiles",
        "BubbleScripts", "BubbleSimulation", "BubbleText",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .target(
      name: "BubbleDemos", dependencies: ["BubbleScenarios", "BubbleText"],
      path: "Demos",
      exclude: ["Chat", "Embedding", "run"],
      sources: ["Demo.swift"],
      resources: demoNames.map { .embedInCode("\($0).yaml") },
      swiftSettings: settings),

    .target(
      name: "BubbleChat",
      dependencies: [
        "BubbleEvents", "BubbleKernel", "BubbleNet", "BubbleOTP", "BubbleRealTime",
        "BubbleScripts",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Demos/Chat", swiftSettings: settings),

    // The view.
    .target(name: "BubbleTree", dependencies: ["BubbleEvents"], swiftSettings: settings),
    .target(
      name: "BubbleCells", dependencies: ["BubbleText"], swiftSettings: settings,
      linkerSettings: [.linkedLibrary("m")]),
    .target(
      name: "BubbleConsole",
      dependencies: [
        "BubbleCells", "BubbleCopyOnWrite", "BubbleEvents", "BubbleScripts", "BubbleText",
        "BubbleTree",
      ],
      swiftSettings: settings),
    .target(name: "CNCurses", linkerSettings: [.linkedLibrary("ncursesw")]),
    .target(
      name: "BubbleTerminal", dependencies: ["BubbleCells", "CNCurses"], swiftSettings: settings),

    // The only place that sees both sides, and the programs.
    .target(
      name: "BubbleSession",
      dependencies: [
        "BubbleCells", "BubbleConsole", "BubbleCopyOnWrite", "BubbleEvents", "BubbleKernel",
        "BubbleRealTime", "BubbleScripts", "BubbleSimulation", "BubbleTerminal", "BubbleTree",
      ],
      swiftSettings: settings),
    .target(
      name: "BubbleCommands",
      dependencies: [
        argumentParser, "BubbleCells", "BubbleConsole", "BubbleCopyOnWrite", "BubbleDemos",
        "BubbleEvents", "BubbleScenarios", "BubbleScripts", "BubbleSession", "BubbleSimulation",
        "BubbleTerminal", "BubbleText", "BubbleTree",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "bubbles", dependencies: ["BubbleCells", "BubbleCommands"], swiftSettings: settings),
    .executableTarget(
      name: "bubbles-live",
      dependencies: [
        argumentParser, "BubbleCells", "BubbleChat", "BubbleCommands", "BubbleConsole",
        "BubbleEvents", "BubbleRealTime", "BubbleSession", "BubbleTerminal", "BubbleTree",
      ],
      swiftSettings: settings),
    .target(
      name: "BubbleOracle",
      dependencies: [
        "BubbleEvents", "BubbleKernel", "BubbleOTP", "BubbleReleaseFiles", "BubbleSimulation",
        "BubbleText",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "dev",
      dependencies: [
        argumentParser, "BubbleCells", "BubbleChat", "BubbleConsole", "BubbleDemos", "BubbleEvents",
        "BubbleKernel", "BubbleOracle", "BubbleNet", "BubbleOTP", "BubbleRealTime",
        "BubbleReleaseFiles", "BubbleScenarios", "BubbleSession",
        "BubbleSimulation", "BubbleTree",
      ],
      swiftSettings: settings),

    // What several test targets share.
    .target(
      name: "BubbleTestSupport", dependencies: ["BubbleCells", "BubbleEvents", "BubbleKernel"],
      path: "Tests/BubbleTestSupport",
      swiftSettings: settings),

    // How an own program opens the console on an own tree.
    .executableTarget(
      name: "EmbeddingDemo",
      dependencies: [
        "BubbleEvents", "BubbleKernel", "BubbleLogging", "BubbleOTP", "BubbleSession",
        "BubbleSimulation", .product(name: "Logging", package: "swift-log"),
      ],
      path: "Demos/Embedding", swiftSettings: settings),

    // One test target a target.
    .testTarget(
      name: "BubbleCopyOnWriteTests", dependencies: ["BubbleCopyOnWrite"], swiftSettings: settings),
    .testTarget(
      name: "BubbleEventsTests", dependencies: ["BubbleEvents", "BubbleTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleTextTests", dependencies: ["BubbleText"], swiftSettings: settings),
    .testTarget(
      name: "BubbleReleaseFilesTests", dependencies: ["BubbleEvents", "BubbleReleaseFiles"],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleKernelTests",
      dependencies: ["BubbleEvents", "BubbleKernel", "BubbleSimulation"],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleOTPTests",
      dependencies: [
        "BubbleEvents", "BubbleKernel", "BubbleOTP", "BubbleReleaseFiles", "BubbleSimulation",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleSimulationTests",
      dependencies: ["BubbleEvents", "BubbleKernel", "BubbleOTP", "BubbleSimulation"],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleRealTimeTests",
      dependencies: [
        "BubbleEvents", "BubbleKernel", "BubbleOTP", "BubbleRealTime", "BubbleSimulation",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleNetTests",
      dependencies: [
        "BubbleEvents", "BubbleKernel", "BubbleNet", "BubbleOTP", "BubbleRealTime",
        "BubbleTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleChatTests",
      dependencies: [
        "BubbleCells", "BubbleChat", "BubbleConsole", "BubbleEvents", "BubbleKernel", "BubbleNet",
        "BubbleRealTime", "BubbleScripts", "BubbleSession", "BubbleTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleScenariosTests",
      dependencies: [
        "BubbleDemos", "BubbleEvents", "BubbleKernel", "BubbleReleaseFiles", "BubbleScenarios",
        "BubbleScripts",
        "BubbleSimulation", "BubbleTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleLoggingTests",
      dependencies: [
        "BubbleEvents", "BubbleKernel", "BubbleLogging", "BubbleOTP", "BubbleSimulation",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleOracleTests",
      dependencies: [
        "BubbleEvents", "BubbleOTP", "BubbleOracle", "BubbleReleaseFiles", "BubbleTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleTreeTests", dependencies: ["BubbleEvents", "BubbleTestSupport", "BubbleTree"],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleCellsTests", dependencies: ["BubbleCells", "BubbleTestSupport"],
      exclude: ["__Snapshots__"], swiftSettings: settings),
    .testTarget(
      name: "BubbleConsoleTests",
      dependencies: [
        "BubbleCells", "BubbleConsole", "BubbleEvents", "BubbleScripts", "BubbleTestSupport",
        "BubbleText", "BubbleTree",
      ],
      exclude: [
        "Frame/__Snapshots__", "Model/__Snapshots__", "Views/__Snapshots__",
        "Views/Bubbles/__Snapshots__", "Views/Time/__Snapshots__",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleTerminalTests", dependencies: ["BubbleCells", "BubbleTerminal", "CNCurses"],
      swiftSettings: settings),
    .testTarget(
      name: "BubbleSessionTests",
      dependencies: [
        "BubbleCells", "BubbleConsole", "BubbleDemos", "BubbleEvents", "BubbleKernel", "BubbleOTP",
        "BubbleRealTime", "BubbleReleaseFiles", "BubbleScenarios", "BubbleScripts", "BubbleSession",
        "BubbleSimulation",
        "BubbleTestSupport", "BubbleTree",
      ],
      exclude: ["__Snapshots__"], swiftSettings: settings),
    .testTarget(
      name: "BubblesTests",
      dependencies: [
        "BubbleCommands", "BubbleDemos", "BubbleTestSupport", "EmbeddingDemo", "bubbles",
        "bubbles-live", "dev",
      ],
      swiftSettings: settings
    ),
    .testTarget(name: "RepositoryTests", swiftSettings: settings),
  ]
)
