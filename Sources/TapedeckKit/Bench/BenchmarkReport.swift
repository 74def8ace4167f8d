import Autograd

/// What a benchmark measured.
public struct BenchmarkReport: Sendable {
  /// A library that took turns with the engine.
  public struct Peer: Sendable {
    public let library: BenchmarkPeer.Library
    public let version: String
  }

  /// The times of a peer at a row.
  public struct PeerTime: Sendable {
    public let library: BenchmarkPeer.Library
    public let samples: BenchmarkSamples
  }

  /// A row with what was measured.
  public struct Line: Sendable {
    public let row: BenchmarkRow
    /// Seconds a step.
    public let samples: BenchmarkSamples
    /// Blocks of memory asked of the system in a step, once warm.
    public let allocationsPerStep: Double
    /// The most bytes the process held while the row ran; nil where the system does not say.
    public let peakMemory: Int?
    /// Seconds that the step's matrix products alone take at the measured peak.
    public let floor: Double
    public let peers: [PeerTime]

    /// How many times the floor a step takes.
    public var timesFloor: Double { samples.median / floor }
    /// Floating-point operations a second, those of the matrix products alone.
    public var operationsPerSecond: Double { row.operationCount / samples.median }

    /// How many times as fast as a peer a step is.
    public func ratio(to peer: PeerTime) -> Double { peer.samples.median / samples.median }
    /// The same at the 10th percentile of both, where other work on the machine disturbs least.
    public func ratioAtBest(to peer: PeerTime) -> Double {
      peer.samples.percentile(10) / samples.percentile(10)
    }
  }

  /// What matrix products reach; nil where no row has any.
  public let peak: ProductPeak?
  public let isQuick: Bool
  /// The processor family whose kernels the products ran on.
  public let kernels: String
  /// Whether the processor can do more than those kernels ask of it.
  public let hasFasterKernels: Bool
  public let peers: [Peer]
  /// Where the images of the loader row came from; nil if it did not run.
  public internal(set) var images: String?
  public internal(set) var lines: [Line] = []
  /// The graphs that were laid out and drawn.
  public internal(set) var graphs: [BenchmarkGraph.Line] = []
  /// What the debugger costs.
  public internal(set) var debuggers: [BenchmarkDebugger.Line] = []
  /// What recordings cost, and how fast they are.
  public internal(set) var recordings: [BenchmarkRecording.Line] = []

  /// A report without matrix products.
  init(
    graphs: [BenchmarkGraph.Line], debuggers: [BenchmarkDebugger.Line],
    recordings: [BenchmarkRecording.Line], isQuick: Bool
  ) {
    (peak, peers, hasFasterKernels) = (nil, [], false)
    self.isQuick = isQuick
    self.graphs = graphs
    self.debuggers = debuggers
    self.recordings = recordings
    kernels = ProductLibrary.kernels
  }

  init(peak: ProductPeak, isQuick: Bool, hasAVX512: Bool = false, peers: [Peer]) {
    self.peak = peak
    self.isQuick = isQuick
    kernels = ProductLibrary.kernels
    hasFasterKernels = hasAVX512 && ["Haswell", "Zen"].contains(kernels)
    self.peers = peers
  }
}
