"""The commands of training: python training COMMAND …; python training COMMAND --help says more.

    prepare       reads your data sets, or checks those of the bundled packs
    train         trains by a config: kind "own", "english" or "multilingual"
    calibrate     fits scores and threshold on development data
    evaluate      scores a run or a pack on development sets
    compare       scores several of them side by side, with intervals and p
    ablate        single changes of typing with several seeds, on a pack's frozen encoders
    mean          the mean of the weights of several checkpoints or packs
    export        writes the pack of a run
    plot          draws loss and development F1 of runs as SVG
    gazetteer     gathers the names that a pack knows
    vocabulary    builds the multilingual pack's vocabulary
"""
import sys
from pathlib import Path


def kind_of_command(arguments):
    """The kind that --config or --run of the arguments names; None without them."""
    from kinds import config_of_run, kind_of, read_config

    for option, read in (("--config", read_config), ("--run", config_of_run)):
        if option in arguments[:-1]:
            return kind_of(read(Path(arguments[arguments.index(option) + 1])))
    return None


def run(command, arguments):
    if command == "train":
        kind = kind_of_command(arguments) or "english"
        if kind == "own":
            from own import main
        elif kind == "multilingual":
            from multilingual import main
        else:
            from train import main
        main()
    elif command in ("calibrate", "export") and "--run" in arguments:
        from own_pack import main

        main(command)
    elif command == "calibrate":
        from calibrate import main

        main()
    elif command == "export":
        from export import main

        main()
    elif command in ("evaluate", "compare"):
        from compare import main

        main()
    elif command == "ablate":
        from ablate import main

        main()
    elif command == "mean":
        from mean import main

        main()
    elif command == "prepare":
        from prepare import main

        main()
    elif command == "gazetteer":
        from gather_names import main

        main()
    elif command == "plot":
        from plot import main

        main()
    else:
        from vocabulary import main

        main()


def start():
    commands = [line.split()[0] for line in __doc__.splitlines()[2:] if line.startswith("    ")]
    command = sys.argv[1] if len(sys.argv) > 1 else "--help"
    if command in ("-h", "--help"):
        print(__doc__.strip())
        return
    if command not in commands:
        sys.exit(f"There is no command “{command}”. Commands: {', '.join(commands)}.")
    sys.argv = [f"python training {command}", *sys.argv[2:]]
    try:
        run(command, sys.argv[1:])
    except (ValueError, OSError) as e:
        sys.exit(str(e))
    except ModuleNotFoundError as e:
        sys.exit(f"The package “{e.name}” is missing. Install what training needs: pip install -r training/requirements.lock")


if __name__ == "__main__":
    start()
