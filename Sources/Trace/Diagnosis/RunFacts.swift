/// What a run is made of, for its diagnosis.
package struct RunFacts: Sendable, Equatable, Codable {
  /// The parameters of the model, and the tensors that the optimizer has beside them.
  package var parameters: [Parameter]
  /// The name of the optimizer, `Adam`; of several, that of the first.
  package var optimizer: String?
  /// How many optimizers take turns, as in a GAN; nil where that is not known.
  package var optimizerCount: Int?
  /// Where in the user's source the optimizer was made.
  package var optimizerLocation: String?
  /// What changes the learning rate; nil where nothing does.
  package var schedule: Schedule?
  /// How many training samples there are; nil where that is not known.
  package var sampleCount: Int?
  /// How many samples a batch has, but for the last of an epoch; nil where that is not known.
  package var batchSize: Int?
  /// How many samples the last batch of an epoch has; nil where that is not known.
  package var lastBatchSize: Int?
  /// How many steps an epoch has; nil where that is not known.
  package var stepsPerEpoch: Int?
  /// How many training samples each class has, where targets are classes and the data are all at hand; else empty.
  package var classCounts: [Int]
  /// The names of the classes, where they have any.
  package var classNames: [String]
  /// Where in the user's source the run is described.
  package var location: String?
  /// The modules that behave differently in training, dropout of a probability above 0 and batch norm; empty where they are not
  /// known.
  package var modulesWithModes: [ModuleWithModes]
  /// Where in the user's source training samples are put into batches: the data loader.
  package var loaderLocation: String?
  /// The optimizers, in the order in which they first made a step; empty where there is one, or they are not known.
  package var optimizers: [Optimizer] = []
  /// Recurrent and attention modules that take the first dimension for time, by name.
  package var sequenceFirst: [String] = []
  /// Calls of the framework that do something else than they seem to.
  package var misuses: [Misuse] = []
  /// What the user changes to change the run.
  package var source = Source.script

  /// What describes a run: in its words a remedy says what to do.
  package enum Source: String, Sendable, Equatable, Codable {
    /// A PyTorch script.
    case script
    /// A Swift program.
    case swift
    /// The options of `tapedeck train`.
    case options
  }

  /// One of several optimizers.
  package struct Optimizer: Sendable, Equatable, Codable {
    /// Its name, `Adam`.
    package var name: String
    /// Where in the user's source it was made.
    package var location: String?

    /// One of several optimizers.
    package init(name: String, location: String? = nil) { (self.name, self.location) = (name, location) }
  }

  /// A call of the framework that does something else than it seems to.
  package struct Misuse: Sendable, Equatable, Codable {
    /// What was called.
    package enum Kind: String, Sendable, Equatable, Codable {
      /// An attribute was set that does not freeze anything, `module.requires_grad = False`.
      case flagWithoutEffect
      /// Saved weights were loaded, and none of them had a name that the model has.
      case nothingLoaded
      /// Dropout was applied by a function that does not know of evaluation mode.
      case dropoutInEvaluation
      /// An optimizer was made that made no step, though backward ran.
      case neverStepped
    }

    /// What was called.
    package var kind: Kind
    /// The module, tensor or optimizer.
    package var name: String
    /// The attribute that was set, or a name that the model has and one that was saved.
    package var words: [String]
    /// How many tensors or passes it is about.
    package var count: Int
    /// Where in the user's source.
    package var location: String?

    /// A call that does something else than it seems to.
    package init(_ kind: Kind, name: String, words: [String] = [], count: Int = 0, location: String? = nil) {
      (self.kind, self.name, self.words) = (kind, name, words)
      (self.count, self.location) = (count, location)
    }
  }

  /// A module that behaves differently in training.
  package struct ModuleWithModes: Sendable, Equatable, Codable {
    /// Its name, `body.drop`.
    package var name: String
    /// Its class, `Dropout`; nil where that is not known.
    package var className: String?
    /// Whether it is a dropout, else a batch norm.
    package var isDropout: Bool

    /// A module that behaves differently in training.
    package init(name: String, className: String? = nil, isDropout: Bool) {
      (self.name, self.className, self.isDropout) = (name, className, isDropout)
    }
  }

  /// A trained tensor.
  package struct Parameter: Sendable, Equatable, Codable {
    /// Its name.
    package var name: String
    /// The sizes of its dimensions.
    package var shape: [Int]
    /// Whether a module lists it.
    package var isListed: Bool
    /// Whether an optimizer holds it.
    package var isHeld: Bool
    /// Whether gradients are recorded for it; not of one that was frozen on purpose.
    package var requiresGradient: Bool
    /// Where in the user's source it was made, where that is known.
    package var location: String?
    /// The model whose module lists it, where a run has several; nil where it has one.
    package var model: String?
    /// Which of several optimizers holds it, by its place among them; nil where there is one, or that is not known.
    package var optimizer: Int?

    /// A trained tensor.
    package init(
      name: String, shape: [Int], isListed: Bool, isHeld: Bool, requiresGradient: Bool,
      location: String? = nil, model: String? = nil, optimizer: Int? = nil
    ) {
      self.name = name
      self.shape = shape
      self.isListed = isListed
      self.isHeld = isHeld
      self.requiresGradient = requiresGradient
      self.location = location
      (self.model, self.optimizer) = (model, optimizer)
    }
  }

  /// What changes the learning rate.
  package struct Schedule: Sendable, Equatable, Codable {
    /// Its name, `StepLR`.
    package var name: String
    /// How many of its steps its plan covers: `step_size`, `T_max`, the last milestone; nil where it has no such plan.
    package var span: Int?
    /// How often it was moved on in an epoch; nil until an epoch has ended.
    package var stepsInEpoch: Int?
    /// Where in the user's source it is moved on.
    package var location: String?
    /// How many batches an epoch has by what it was told when it was made, `steps_per_epoch`; nil where it was not told.
    package var plannedStepsPerEpoch: Int?

    /// What changes the learning rate.
    package init(name: String, span: Int? = nil, stepsInEpoch: Int? = nil, location: String? = nil) {
      self.name = name
      self.span = span
      self.stepsInEpoch = stepsInEpoch
      self.location = location
    }
  }

  /// What a run is made of.
  package init(
    parameters: [Parameter] = [], optimizer: String? = nil, optimizerLocation: String? = nil,
    schedule: Schedule? = nil, sampleCount: Int? = nil, batchSize: Int? = nil, lastBatchSize: Int? = nil,
    stepsPerEpoch: Int? = nil, classCounts: [Int] = [], classNames: [String] = [], location: String? = nil,
    modulesWithModes: [ModuleWithModes] = [], loaderLocation: String? = nil
  ) {
    self.parameters = parameters
    self.optimizer = optimizer
    self.optimizerLocation = optimizerLocation
    self.schedule = schedule
    self.sampleCount = sampleCount
    self.batchSize = batchSize
    self.lastBatchSize = lastBatchSize
    self.stepsPerEpoch = stepsPerEpoch
    self.classCounts = classCounts
    self.classNames = classNames
    self.location = location
    self.modulesWithModes = modulesWithModes
    self.loaderLocation = loaderLocation
  }
}
