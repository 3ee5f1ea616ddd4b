/// Fields of a configuration that have no say in the shapes of weights or of the cache.
enum ShapelessKeys {
    static func contains(_ name: String) -> Bool { all.contains(name) }

    private static let all: Set<String> = tokens.union(training).union(scales).union(running).union(
        generation)

    /// Numbers and words of special tokens, and how pictures become tokens.
    private static let tokens: Set<String> = [
        "bos_token_id", "eos_token_id", "pad_token_id", "sep_token_id", "decoder_start_token_id",
        "image_token_id", "image_token_index", "video_token_id", "video_token_index", "audio_token_id",
        "vision_start_token_id", "vision_end_token_id", "vision_token_id", "boi_token_index",
        "eoi_token_index",
        "boi_token_id", "eoi_token_id", "boa_token_id", "eoa_token_id", "eoa_token_index", "boa_token_index",
        "media_placeholder_token_id", "video_placeholder", "image_placeholder", "ignore_index",
        "tokenizer_class", "tokenizer_type", "mm_tokens_per_image", "vision_soft_tokens_per_image",
        "image_grid_pinpoints", "image_seq_length", "process_image_mode", "vision_feature_layer",
        "vision_feature_select_strategy", "use_unified_vision_chunk", "language_model_only",
        "vision_segment_max_frames", "video_seq_length", "default_output_length",
    ]

    /// What only training reads.
    private static let training: Set<String> = [
        "attention_dropout", "attn_pdrop", "embd_pdrop", "resid_pdrop", "hidden_dropout", "dropout",
        "residual_dropout", "embedding_dropout", "emb_pdrop", "embed_dropout", "attn_dropout_prob",
        "emb_dropout_prob", "attention_dropout_prob", "embedding_dropout_prob", "ffn_dropout_prob",
        "initializer_range", "initializer_factor", "output_router_logits", "router_aux_loss_coef",
        "aux_loss_alpha", "seq_aux", "router_jitter_noise", "input_jitter_noise", "ep_size",
        "pretraining_tp", "rescale_prenorm_residual", "loss_weight", "classifier_dropout",
        "time_step_floor", "time_step_limit", "time_step_max", "time_step_min", "hidden_dropout_prob",
        "resid_dropout", "attn_pdrop", "num_reward_heads", "router_z_loss_coef",
    ]

    /// Factors and bounds on values, not on shapes.
    private static let scales: Set<String> = [
        "rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon", "layernorm_epsilon", "norm_epsilon",
        "norm_eps",
        "norm_topk_prob", "routed_scaling_factor", "n_group", "topk_group", "topk_method", "logit_scale",
        "attention_multiplier", "embedding_multiplier", "logits_scaling", "residual_multiplier",
        "attn_logit_softcapping", "final_logit_softcapping", "query_pre_attn_scalar", "scale_emb",
        "dim_model_base", "scale_depth", "swiglu_limit", "swiglu_alpha", "attention_value_scale", "mlp_alpha",
        "layernorm_full_attention_alpha", "layernorm_full_attention_beta", "layernorm_linear_attention_alpha",
        "layernorm_linear_attention_beta", "layernorm_mlp_alpha", "layernorm_mlp_beta",
        "attn_temperature_tuning",
        "floor_scale", "attn_scale", "residual_in_fp32", "fp32_residual_connection",
        "attention_softmax_in_fp32",
        "apply_query_key_layer_scaling", "scale_attn_weights", "scale_attention_softmax_in_fp32",
        "projector_ln_eps", "moe_router_scaling_factor", "rope_interleave", "indexer_rope_interleave",
        "use_gemma_norm",
    ]

    /// How an engine runs the model.
    private static let running: Set<String> = [
        "transformers_version", "_name_or_path", "architectures", "auto_map", "use_cache",
        "_attn_implementation",
        "attn_implementation", "cache_implementation", "use_flash_attn", "onnx_safe", "bf16", "fp16", "fp32",
        "use_mamba_kernels", "chunk_size", "num_logits_to_keep", "masked_softmax_fusion",
        "bias_dropout_fusion",
        "slow_but_exact", "mamba_ssm_dtype", "use_bidirectional_attention", "moe_router_dtype", "seq_length",
        "moe_shared_expert_overlap", "quantization_config", "compression_config", "quantization",
        "name_or_path", "mergekit_version", "unsloth_version", "torch_dtype", "dtype",
    ]

    /// Defaults of text generation that older versions write into every configuration.
    private static let generation: Set<String> = [
        "id2label", "label2id", "top_p", "temperature", "top_k", "do_sample", "num_beams", "length_penalty",
        "repetition_penalty", "output_attentions", "output_hidden_states", "return_dict", "torchscript",
        "use_bfloat16", "pruned_heads", "is_decoder", "add_cross_attention", "chunk_size_feed_forward",
        "max_length", "min_length", "typical_p", "diversity_penalty", "no_repeat_ngram_size",
        "encoder_no_repeat_ngram_size", "num_beam_groups", "num_return_sequences", "early_stopping",
        "tf_legacy_loss", "remove_invalid_values", "return_dict_in_generate", "output_scores",
        "is_encoder_decoder", "tie_encoder_decoder", "task_specific_params", "problem_type",
    ]
}
