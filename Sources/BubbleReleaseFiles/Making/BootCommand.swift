internal import BubbleEvents

/// A step of a boot, as a boot script has it (OTP: script(4)).
///
/// Left out is what says where OTP's own code lies: paths and preloaded modules.
public enum BootCommand: Hashable, Sendable {
  /// How far a boot has come.
  public enum Progress: String, Hashable, Sendable, CaseIterable {
    /// The modules inside the emulator are there.
    case preloaded
    /// The modules are loaded without which none of the rest can be.
    case kernelLoadCompleted = "kernel_load_completed"
    /// The modules of all applications are loaded.
    case modulesLoaded = "modules_loaded"
    /// The kernel processes run.
    case initKernelStarted = "init_kernel_started"
    /// The descriptions of all applications are taken in.
    case applicationsLoaded = "applications_loaded"
    /// The applications run.
    case started
  }

  /// The boot has come that far.
  case progress(Progress)
  /// Loads the modules without which none of the rest can be.
  case loadKernel
  /// Loads the modules of an application, in alphabetical order.
  case loadModules(application: String, version: String, [String])
  /// Starts a process that is not part of any application.
  case kernelProcess(String, ReleaseInstruction.Call)
  /// Takes in the description of an application.
  case load(ApplicationResource)
  /// Starts an application, if nobody includes it.
  case start(String, ReleaseResource.StartType)
}

extension CheckedRelease {
  /// The steps of its boot, first one first (OTP: the script that systools:make_script writes).
  ///
  /// Applications are loaded in the order of `applications`, those of type `none` are not; they are
  /// started in the same order, those of type `load` and included ones are not. kernel is loaded by
  /// the application controller itself.
  public var bootCommands: [BootCommand] {
    [.progress(.preloaded), .loadKernel, .progress(.kernelLoadCompleted)]
      + applications.map(\.modulesStep) + [.progress(.modulesLoaded)] + kernelProcesses
      + [.progress(.initKernelStarted)]
      + applications.filter { $0.type != .none && $0.resource.name != "kernel" }
      .map { .load($0.resource) }
      + [.progress(.applicationsLoaded)]
      + startOrder.map { .start($0.resource.name, $0.type) } + [.progress(.started)]
  }

  /// Those that a boot starts, first one first.
  public var startOrder: [Component] {
    let included = Set(applications.flatMap(\.resource.includedApplications))
    return applications.filter { $0.type.restart != nil && !included.contains($0.resource.name) }
  }

  private var kernelProcesses: [BootCommand] {
    let kernel = self["kernel"].map { [$0.resource.name] } ?? []
    return [
      .kernelProcess("heart", .init("heart", "start")),
      .kernelProcess("logger", .init("logger_server", "start_link")),
      .kernelProcess(
        "application_controller",
        .init("application_controller", "start", kernel.map { .atom($0) })),
    ]
  }

  /// What OTP 25 loads first of all, whichever application has it.
  static let kernelModules = [
    "error_handler", "application", "application_controller", "application_master", "code",
    "code_server", "erl_eval", "erl_lint", "erl_parse", "error_logger", "ets", "file", "filename",
    "file_server", "file_io_server", "gen", "gen_event", "gen_server", "heart", "kernel", "logger",
    "logger_filters", "logger_server", "logger_backend", "logger_config", "logger_simple_h",
    "lists", "proc_lib", "supervisor",
  ]
}

extension CheckedRelease.Component {
  /// The modules that are not loaded first of all.
  fileprivate var modulesStep: BootCommand {
    let isCore = resource.name == "kernel" || resource.name == "stdlib"
    let modules = resource.modules.filter {
      !isCore || !CheckedRelease.kernelModules.contains($0)
    }.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    return .loadModules(
      application: resource.name, version: resource.version, modules)
  }
}
