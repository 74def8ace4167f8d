import Synchronization

/// What the operators on one thread share: whether to record, the observer, and the source of memory.
///
/// The current context is bound to a scope by ``run(_:)``; outside any such scope operators record for
/// `backward()`, there is no observer, and memory comes from the system.
///
/// `@unchecked Sendable`: task-local values must be, yet a context is only ever bound by the synchronous
/// ``run(_:)`` and read by operators on that same thread.
public final class ExecutionContext: @unchecked Sendable {
  @TaskLocal private static var bound: ExecutionContext?

  /// The observer of every node; nil where there is none.
  public let observer: (any Observer)?

  /// Whether operations are recorded for `backward()`.
  public let isGradEnabled: Bool

  /// The random numbers of operators such as dropout.
  public let randomness: RandomStreams

  /// How many threads matrix products take.
  public let productThreads: ProductThreads

  package let pool: StoragePool?

  private let nodeCount = Atomic<Int>(0)

  /// This context without observer or recording; nil where it already has neither.
  private let quietTwin: ExecutionContext?

  /// A number greater than that of every node this context has made.
  func nextSequence() -> Int { nodeCount.wrappingAdd(1, ordering: .relaxed).newValue }

  /// A context for operators to run in, whose random numbers come from `seed`.
  public convenience init(
    observer: (any Observer)? = nil, seed: UInt64 = 0, productThreads: ProductThreads = ProductThreads()
  ) {
    self.init(
      observer: observer, pool: StoragePool(), isGradEnabled: true, randomness: RandomStreams(seed: seed),
      productThreads: productThreads)
  }

  package init(
    observer: (any Observer)?, pool: StoragePool?, isGradEnabled: Bool,
    randomness: RandomStreams = RandomStreams(seed: 0), productThreads: ProductThreads = ProductThreads()
  ) {
    self.observer = observer
    self.pool = pool
    self.isGradEnabled = isGradEnabled
    self.randomness = randomness
    self.productThreads = productThreads
    quietTwin =
      observer == nil && !isGradEnabled
      ? nil
      : ExecutionContext(
        observer: nil, pool: pool, isGradEnabled: false, randomness: randomness,
        productThreads: productThreads)
  }

  /// This context without observer or recording.
  var quiet: ExecutionContext { quietTwin ?? self }

  private static let outside = ExecutionContext(
    observer: nil, pool: nil, isGradEnabled: true, randomness: RandomStreams(seed: 0))

  /// The context that operators called now run in.
  public static var current: ExecutionContext { bound ?? outside }

  /// Runs `body` with this context as the current one.
  public func run<Result>(_ body: () throws -> Result) rethrows -> Result {
    try ExecutionContext.$bound.withValue(self, operation: body)
  }
}

/// Runs `body` without recording for `backward()` and without an observer; PyTorch's `torch.no_grad()`.
public func noGrad<Result>(_ body: () throws -> Result) rethrows -> Result {
  try ExecutionContext.current.quiet.run(body)
}
